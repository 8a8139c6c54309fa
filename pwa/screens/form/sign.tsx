import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import type { Text } from '../../data/shapes.ts';
import { leaveToSign, unsignedIn } from '../../data/signing.ts';
import { submitSigned } from '../../data/wishes.ts';
import type { Draft } from '../../device/drafts.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { go } from '../router.ts';
import { Failed } from '../parts/states.tsx';

type SignProps = { draft: Draft; earlier: readonly string[] };

/** She taps, leaves for the app, comes back to this very page, and it is sent once. */
export function Sign({ draft, earlier }: SignProps) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Text | 'silent' | null>(null);
  const [query] = useState(() => new URLSearchParams(location.search));
  const unsigned = unsignedIn(query);
  const signed = query.get('signed');
  useEffect(() => {
    if (!signed || draft.signing?.signature !== signed) return;
    setBusy(true);
    submitSigned(draft, draft.signing, earlier).then((id) => go(`/applications/${id}`, 'replace'), (cause: unknown) => {
      setBusy(false);
      reportError(cause);
    });
  }, []);
  const leave = () => {
    setBusy(true);
    leaveToSign(draft).then((answer) => {
      if ('leaveBy' in answer) return location.assign(answer.leaveBy);
      setBusy(false);
      setRefused(answer.refused);
    }, (cause: unknown) => {
      setBusy(false);
      setRefused('silent');
      if (!(cause instanceof NoAnswer)) reportError(cause);
    });
  };
  return (
    <>
      {unsigned && !refused && (
        <div class="alert" role="alert" data-testid="unsigned">
          <p><strong>{say(`sign.${unsigned}`)}</strong></p>
          <p>{say('sign.otherWay')}</p>
        </div>
      )}
      {refused && <Failed>{refused === 'silent' ? say('sign.unavailable') : pick(refused)}</Failed>}
      <button type="button" class="button" disabled={busy || !reached} onClick={leave}>{say('sign.button')}</button>
      <p class="note">{say(reached ? 'sign.help' : 'sign.offline')}</p>
    </>
  );
}
