import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { decide, refreshConsents } from '../../data/consents.ts';
import { quietly } from '../../data/refresh.ts';
import type { Consent } from '../../data/shapes.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { silence, unread } from '../parts/silence.ts';
import { GivenCard } from './given.tsx';
import { FirstTime } from './first.tsx';

export type Decide = (yes: readonly string[], no: readonly string[]) => Promise<boolean>;

/** Whom we may ask about her: chosen before anybody is asked, changed whenever she wishes. `isFirst`: in place of home. */
export function ConsentsScreen({ isFirst }: { isFirst: boolean }) {
  const { consents } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [failed, setFailed] = useState('');
  const [trouble, setTrouble] = useState('');
  const load = () => {
    setFailed('');
    quietly(refreshConsents().catch((cause: unknown) => {
      setFailed(unread({ say }, cause, 'consents.failed'));
      throw cause;
    }));
  };
  useEffect(load, []);
  const act: Decide = async (yes, no) => {
    setTrouble('');
    try {
      const why = await decide(yes, no);
      setTrouble(why ? pick(why) : '');
      return why === null;
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble(silence({ say }, cause, { offline: 'consents.offline', failed: 'consents.failed' }));
      return false;
    }
  };
  if (!consents && !failed && reached) return <Loading />;
  const all = consents?.value.consents ?? [];
  return (
    <Page
      title={say(isFirst ? 'consents.first' : 'consents.title')} {...(isFirst ? {} : { back: '/settings' })}
      lead={<p class="lead">{say(isFirst ? 'consents.firstLead' : 'consents.lead')}</p>}
    >
      {isFirst && <LanguageChoice />}
      {isFirst && <p>{say('consents.firstWhy')}</p>}
      {!reached && <p class="alert" data-kind="note" role="status">{say('consents.offline')}</p>}
      {failed !== '' && (
        <div class="alert" role="alert">
          <p>{failed}</p>
          <button type="button" class="button" data-kind="outline" onClick={load}>{say('consents.retry')}</button>
        </div>
      )}
      {trouble !== '' && <p class="alert" role="alert">{trouble}</p>}
      {isFirst
        ? <FirstTime consents={all.filter((one) => one.isOfHome)} act={act} />
        : <Given consents={all} act={act} />}
    </Page>
  );
}

/** What came of her last press, so that it can be undone. */
type News = { consent: Consent; isYes: boolean; isFilling: boolean };

const wordsOf = ({ isYes, isFilling }: News) =>
  isFilling ? (isYes ? 'consents.fillAgreed' : 'consents.fillEnded') : isYes ? 'consents.agreedNews' : 'consents.endedNews';

function Given({ consents, act }: { consents: readonly Consent[]; act: Decide }) {
  const { say, pick } = useSpeech();
  const [news, setNews] = useState<News | null>(null);
  const press = async (consent: Consent, isYes: boolean, isFilling = false) => {
    const id = isFilling && consent.filling ? consent.filling.id : consent.id;
    setNews(await act(isYes ? [id] : [], isYes ? [] : [id]) ? { consent, isYes, isFilling } : null);
  };
  /** All that her no has ended: with the source also the filling in, when it was given. */
  const undo = async ({ consent, isFilling }: News) => {
    const ended = consent.filling && (isFilling || consent.filling.agreedAt !== null) ? [consent.filling.id] : [];
    if (await act(isFilling ? ended : [consent.id, ...ended], [])) setNews({ consent, isYes: true, isFilling });
  };
  const part = (title: string, id: string, some: readonly Consent[]) => some.length > 0 && (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="cards">{some.map((one) => <GivenCard key={one.id} consent={one} press={(isYes, isFilling) => press(one, isYes, isFilling)} />)}</ul>
    </section>
  );
  return (
    <>
      <div role="status" data-testid="consents-news">
        {news && (
          <div class="alert" data-kind="note">
            <p>{say(wordsOf(news), { name: pick(news.consent.name) })}</p>
            {!news.isYes && news.consent.operator !== null && (
              <button type="button" class="button" data-kind="outline" onClick={() => void undo(news)}>{say('consents.undo')}</button>
            )}
          </div>
        )}
      </div>
      {part(say('consents.home'), 'of-home', consents.filter((one) => one.isOfHome))}
      {part(say('consents.other'), 'others', consents.filter((one) => !one.isOfHome))}
    </>
  );
}
