import { useSpeech } from './device-state.tsx';
import { Page } from './parts/page.tsx';

/** What works without a network, and what does not. */
export function HelpOfflineScreen() {
  const { say } = useSpeech();
  return (
    <Page title={say('offline.help')} back="/">
      <p>{say('help.intro')}</p>
      <h2>{say('help.can')}</h2>
      <ul class="ticks"><li>{say('help.can1')}</li><li>{say('help.can2')}</li><li>{say('help.can3')}</li><li>{say('search.link')}</li></ul>
      <h2>{say('help.cannot')}</h2>
      <ul><li>{say('help.cannot1')}</li><li>{say('help.cannot2')}</li></ul>
      <ul class="links"><li><a href="/emergency">{say('emergency.link')}</a></li><li><a href="/verify">{say('verify.link')}</a></li><li><a href="/storage">{say('storage.title')}</a></li></ul>
      <p class="note">{say('help.age', { time: '9:10' })}</p>
    </Page>
  );
}
