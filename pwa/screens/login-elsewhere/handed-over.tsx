import { useEffect, useState } from 'preact/hooks';
import { handedOver, type HandedOver } from '../../data/handed-over.ts';
import { moment } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { LoginLink } from '../parts/login-link.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Loading, Page } from '../parts/page.tsx';

/** Where a login ended that began in another browser: a number for that one, and nothing else of her. */
export function HandedOverScreen() {
  const { say } = useSpeech();
  const [shown, show] = useState<HandedOver | null | undefined>(undefined);
  useEffect(() => {
    const look = () => void handedOver().then(show, () => show((known) => known ?? null));
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  if (shown === undefined) return <Loading />;
  return shown === null
    ? <Page key="none" title={say('handedOver.none')}><LanguageChoice /><p>{say('handedOver.noneHelp')}</p><Here /></Page>
    : <Page key="code" title={say('handedOver.title')}><LanguageChoice /><Code shown={shown} /><Here /></Page>;
}

function Code({ shown }: { shown: HandedOver }) {
  const { say, language } = useSpeech();
  const began = { time: moment(shown.beganAt, language), device: shown.beganOn };
  return (
    <>
      <p class="lead">{say('handedOver.lead')}</p>
      <p class="login-code">
        <span class="unseen">{say('handedOver.code')} </span>
        <output data-testid="login-code">{shown.code.slice(0, 3)} {shown.code.slice(3)}</output>
      </p>
      <p class="note">{say('handedOver.until', { time: moment(shown.until, language) })}</p>
      <div class="alert">
        <p><strong>{say('handedOver.warning')}</strong></p>
        <p>{say(shown.beganOn ? 'handedOver.began' : 'handedOver.beganOnly', began)}</p>
        <p>{say('handedOver.warningWhy')}</p>
      </div>
    </>
  );
}

function Here() {
  const { say } = useSpeech();
  return <p class="note login-here">{say('handedOver.here')} <LoginLink to="/" plain label="handedOver.toHere" /></p>;
}
