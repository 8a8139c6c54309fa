import type { Texts } from './easy.ts';

export const texts: Texts = {

  'benefits.title': 'Dinheiro e apoio para você',
  'benefits.lead': 'O que sua família pode receber. O que encerra antes vem primeiro.',
  'benefits.empty': 'Nada no momento.',
  'benefits.now': 'Já dá para pedir',
  'benefits.ask': 'Sua resposta vai dizer',
  'benefits.oneAnswer': 'Uma resposta vai dizer: “{question}”',
  'benefits.soon': 'Abre depois',
  'benefits.sent': 'Pedido feito',
  'benefits.have': 'Já recebido ou concluído',
};
