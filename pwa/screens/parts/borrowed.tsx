import { NAME } from '../../text/languages.ts';
import type { Text } from '../../data/shapes.ts';
import { isTold } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';

/** Says once that what follows is not told in her language; nothing where it is. */
export function Borrowed({ of }: { of: Text | null | undefined }) {
  const { language, written, say } = useSpeech();
  if (!of || isTold(language, of)) return null;
  return <p class="note borrowed">{say('words.inOther', { language: NAME[written] })}</p>;
}
