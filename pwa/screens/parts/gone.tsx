import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { Page } from './page.tsx';
import { Picture } from './picture.tsx';

/** A place that does not lead anywhere now, and the way home. */
export function Gone({ text, help = 'notFoundHelp' }: { text: Key; help?: Key }) {
  const { say } = useSpeech();
  return (
    <Page title={say(text)}>
      <Picture name="failed" />
      <p>{say(help)}</p>
      <a class="button" href="/">{say('toHome')}</a>
    </Page>
  );
}
