import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { decide, refreshConsents } from '../../data/consents.ts';
import { quietly } from '../../data/refresh.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { silence, unread } from '../parts/silence.ts';
import { FirstTime } from './first.tsx';
import { Standing } from './standing.tsx';
import { Failed, OfflineNote } from '../parts/states.tsx';

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
      lead={<><p class="lead">{say(isFirst ? 'consents.firstLead' : 'consents.lead')}</p>{!isFirst && <Age kept={consents} />}</>}
    >
      {isFirst && <LanguageChoice />}
      {isFirst && <p>{say('consents.firstWhy')}</p>}
      {!reached && <OfflineNote>{say('consents.offline')}</OfflineNote>}
      {failed !== '' && (
        <Failed again={{ words: say('consents.retry'), act: load }}>{failed}</Failed>
      )}
      {trouble !== '' && <Failed>{trouble}</Failed>}
      {isFirst
        ? <FirstTime consents={all.filter((one) => one.isOfHome)} act={act} />
        : <Standing consents={all} act={act} />}
    </Page>
  );
}
