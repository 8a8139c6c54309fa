import type { Texts } from './easy.ts';

export const texts: Texts = {
  'look.title': '화면 표시',
  'look.theme': '색상',
  'look.theme.auto': '휴대폰과 같게',
  'look.theme.light': '밝게',
  'look.theme.dark': '어둡게',
  'look.theme.contrast': '고대비',
  'look.size': '글자 크기',
  'look.size.100': '보통',
  'look.size.125': '조금 크게',
  'look.size.150': '크게',
  'look.size.200': '아주 크게',
  'look.kept': '이 기기에만 저장됩니다.',
};
