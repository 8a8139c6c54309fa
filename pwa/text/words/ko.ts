import type { Texts } from './easy.ts';

export const texts: Texts = {
  'words.offer': '읽으실 언어를 선택해 주세요',
  'words.offerLater': '설정에서 언제든지 바꾸실 수 있습니다.',
  'words.shownIn': '이 페이지는 {language}로 표시됩니다.',
  'words.keep': '앞으로도 {language}로 읽기',
  'words.goBack': '{language}로 돌아가기',
  'words.fallBack': '선택하신 언어로 된 글이 없을 때 표시할 언어',
  'words.inOther': '{language}로 표시됨',
  'words.furigana': '한자 위에 읽는 법(후리가나) 표시',
  'aloud.pause': '일시 정지',
  'aloud.goOn': '계속',
  'aloud.noVoice': '이 휴대폰에는 {language} 음성이 없습니다. 휴대폰 설정에서 추가하실 수 있습니다.',
};
