import type { Texts } from './easy.ts';

export const texts: Texts = {

  'calendars.title': 'No seu calendário',
  'calendars.lead': 'Prazos, pagamentos e reservas no calendário que você usa.',
  'calendars.family': 'Toda a família',
  'calendars.none': 'Nenhum ainda',
  'calendars.make': 'Criar endereço',
  'calendars.again': 'Criar novo endereço',
  'calendars.end': 'Cancelar endereço',
  'calendars.full': 'Mostrar os nomes no calendário',
  'calendars.fullNote': 'Sem isso, aparece só “Assunto do distrito”. Deixe desligado se outros veem seu calendário.',
  'calendars.made': 'Aqui está o endereço. Aparece só desta vez.',
  'calendars.address': 'Endereço do calendário',
  'calendars.copy': 'Copiar',
  'calendars.copied': 'Copiado.',
  'calendars.open': 'Abrir no app de calendário',
  'calendars.secret': 'Quem tiver este endereço vê as datas. Não o repasse.',
  'calendars.ended': 'Cancelado. O endereço não funciona mais.',
  'calendars.since': 'criado em {time}',
  'calendars.read': 'última leitura {time}',
  'calendars.unread': 'ainda não lido',
  'calendars.discreet': 'mostra só “Assunto do distrito”',
  'calendars.named': 'mostra os nomes',
  'calendars.item': 'Pôr este dia no calendário',
  'calendars.offline': 'Sem conexão, nada pode ser mudado agora.',
  'calendars.failed': 'Não deu certo. Tente de novo mais tarde.',
};
