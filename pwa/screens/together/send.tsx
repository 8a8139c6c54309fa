import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { togetherPath } from '../../data/events.ts';
import { leaveToSignAll, mayAllBeSent, sendSigned, sendTogether } from '../../data/folders.ts';
import type { Text } from '../../data/shapes.ts';
import { unsignedIn } from '../../data/signing.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { go } from '../router.ts';
import type { Conversing } from './use-together.ts';
import { Failed } from '../parts/states.tsx';

type Props = { event: string; talk: Conversing; isReady: () => boolean };

/** Signed once, and sent at one touch; back from the app it goes by itself, once. */
export function SendAll({ event, talk, isReady }: Props) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Text | 'silent' | null>(null);
  const [query] = useState(() => new URLSearchParams(location.search));
  const path = `${togetherPath(event)}?review`;
  const ways = talk.parts.map((draft) => draft.form.signing ?? 'NONE');
  const isNeeded = ways.includes('NEEDED');
  const isSigned = isNeeded || ways.includes('OFFERED');
  const unsigned = unsignedIn(query);
  const works = async (work: () => Promise<string | null>) => {
    setBusy(true);
    try {
      const id = await work();
      if (id !== null) return go(`/folders/${id}`, 'replace');
    } catch (cause) {
      if (cause instanceof NoAnswer) setRefused('silent');
      else reportError(cause);
    }
    setBusy(false);
  };
  const send = () => works(async () => {
    const procedures = talk.parts.map((draft) => draft.form.procedure);
    if (reached && !(await mayAllBeSent(procedures, `${path}&send`))) return null;
    return sendTogether(event, talk.parts);
  });
  const sign = () => works(async () => {
    const answer = await leaveToSignAll(event, talk.parts);
    if ('leaveBy' in answer) location.assign(answer.leaveBy);
    else setRefused(answer.refused);
    return null;
  });
  useEffect(() => {
    const signature = query.get('signed');
    if (signature) void works(() => sendSigned(event, signature, talk.parts));
    if (!query.has('send')) return;
    go(path, 'replace');
    if (!query.has('login')) void send();
  }, []);
  return (
    <section aria-labelledby="send-all">
      <h2 id="send-all">{say('together.send')}</h2>
      {unsigned && !refused && (
        <div class="alert" role="alert" data-testid="unsigned">
          <p><strong>{say(`sign.${unsigned}`)}</strong></p>
          <p>{say('sign.otherWay')}</p>
        </div>
      )}
      {refused && <Failed>{refused === 'silent' ? say('sign.unavailable') : pick(refused)}</Failed>}
      {isSigned && (
        <>
          <p>{say(isNeeded ? 'together.signNeeded' : 'together.signOnce', { n: talk.parts.length })}</p>
          <button type="button" class="button" disabled={busy || !reached} onClick={() => isReady() && void sign()}>{say('together.signAll')}</button>
          <p class="note">{say(reached ? 'sign.help' : 'sign.offline')}</p>
        </>
      )}
      {!isNeeded && (
        <button type="button" class="button" data-kind={isSigned ? 'outline' : undefined} disabled={busy} onClick={() => isReady() && void send()}>
          {say(reached ? isSigned ? 'together.sendUnsigned' : 'together.sendAll' : 'together.sendOffline', { n: talk.parts.length })}
        </button>
      )}
    </section>
  );
}
