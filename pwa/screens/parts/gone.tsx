import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { Page } from './page.tsx';

/** A place that does not lead anywhere now, and the way home. */
export function Gone({ text, help = 'notFoundHelp' }: { text: Key; help?: Key }) {
  const { say } = useSpeech();
  return (
    <Page title={say(text)}>
      <p>{say(help)}</p>
      <a class="button" href="/">{say('toHome')}</a>
    </Page>
  );
}
