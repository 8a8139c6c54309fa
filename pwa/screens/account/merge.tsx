import { useEffect, useRef, useState } from 'preact/hooks';
import { beginMerge, forgetMerge, merge, mergeUnderWay, offerOf } from '../../data/account.ts';
import { NoAnswer } from '../../data/ask.ts';
import type { MergeOffer, Text } from '../../data/shapes.ts';
import { dayOfRecord } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { LoginLink } from '../parts/login-link.tsx';
import { silence } from '../parts/silence.ts';
import { useAct } from './account.tsx';
import { Waiting } from '../parts/states.tsx';

/** Two accounts of hers become one: she proves both in this browser. `isOffered`: she has come back by the second. */
export function Merge({ isOffered, done }: { isOffered: boolean; done: () => void }) {
  const { say } = useSpeech();
  return (
    <section aria-labelledby="merge">
      <h2 id="merge">{say('account.merge')}</h2>
      {isOffered ? <Offer done={done} /> : <Begin />}
    </section>
  );
}

function Begin() {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [begun, setBegun] = useState(false);
  const act = useAct();
  const next = useRef<HTMLParagraphElement>(null);
  useEffect(() => next.current?.focus(), [begun]);
  if (begun) {
    return (
      <div class="box" role="group" aria-labelledby="merge">
        <p role="status" tabIndex={-1} ref={next}>{say('account.mergeNow')}</p>
        <LoginLink to="/account" />
        <ul class="links"><li><a href="/code?to=/account">{say('code.link')}</a></li></ul>
        <button type="button" class="button" data-kind="quiet" onClick={() => { forgetMerge(); setBegun(false); }}>{say('cancel')}</button>
      </div>
    );
  }
  return (
    <>
      <p>{say('account.mergeHelp')}</p>
      <button
        type="button" class="button" data-kind="outline" disabled={!reached || act.busy}
        onClick={() => void act.run(beginMerge).then(setBegun)}
      >
        {say('account.mergeBegin')}
      </button>
      {act.why && <p class="error" role="alert">{act.why}</p>}
    </>
  );
}

/** What will be, and that it cannot be undone. */
function Offer({ done }: { done: () => void }) {
  const { say, pick } = useSpeech();
  const [offer, setOffer] = useState<MergeOffer | null>(null);
  const [why, setWhy] = useState('');
  const act = useAct();
  const token = mergeUnderWay();
  useEffect(() => {
    if (token === null) return;
    offerOf(token).then(
      (told) => ('stays' in told ? setOffer(told) : setWhy(pick(told as Text))),
      (cause: unknown) => {
        if (!(cause instanceof NoAnswer)) throw cause;
        setWhy(silence({ say }, cause, { offline: 'account.offline', failed: 'account.failed' }));
      },
    );
  }, [token]);
  if (why) {
    return (
      <div class="alert" role="alert">
        <p>{why}</p>
        <button type="button" class="button" data-kind="outline" onClick={() => { forgetMerge(); setWhy(''); }}>{say('cancel')}</button>
      </div>
    );
  }
  if (!offer || token === null) return <Waiting>{say('loading')}</Waiting>;
  return (
    <div class="alert" role="alertdialog" aria-labelledby="merge" aria-describedby="for-good" data-testid="merge-offer">
      <Side side={offer.stays} label={say('account.stays')} />
      <Side side={offer.goes} label={say('account.goes')} />
      <p id="for-good"><strong>{say('account.mergeForGood')}</strong></p>
      <p>{say('account.mergeLoses')}</p>
      <button type="button" class="button" data-kind="danger-solid" disabled={act.busy} onClick={() => void act.run(() => merge(token)).then((merged) => merged && done())}>{say('account.mergeYes')}</button>
      <button type="button" class="button" data-kind="outline" onClick={() => { forgetMerge(); setOffer(null); setWhy(say('account.mergeStopped')); }}>{say('cancel')}</button>
      {act.why && <p class="error" role="alert">{act.why}</p>}
    </div>
  );
}

/** It is done: said where she looks, and she goes on reading from there. */
export function Merged() {
  const { say } = useSpeech();
  const told = useRef<HTMLParagraphElement>(null);
  useEffect(() => told.current?.focus(), []);
  return <p role="status" class="receipt" tabIndex={-1} ref={told} data-testid="merged">{say('account.mergedNow')}</p>;
}

function Side({ side, label }: { side: MergeOffer['stays']; label: string }) {
  const { say, language } = useSpeech();
  const day = dayOfRecord(side.madeAt.slice(0, 10), language);
  return (
    <p>
      <strong>{label}</strong><br />
      {side.name}　{say(`account.knownBy.${side.knownBy}`)}<br />
      <span class="note">{say('account.side', { day, n: side.applications })}</span>
    </p>
  );
}
