import { useState } from 'preact/hooks';
import { inFives, offerDraft, squareOf, type CarryTrouble, type Offered } from '../../data/carry.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Gone } from '../parts/gone.tsx';
import { Page } from '../parts/page.tsx';
import { Trouble } from './trouble.tsx';

/** The first phone: shows a code that the other one reads, when she wants it to. */
export function Give({ step }: { step: string }) {
  const { drafts } = useDevice();
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [offered, setOffered] = useState<Offered | null>(null);
  const [trouble, setTrouble] = useState<CarryTrouble | null>(null);
  const [busy, setBusy] = useState(false);
  const draft = drafts.find((one) => one.step === step);
  if (!draft) return <Gone text="carry.noDraft" />;
  const offer = async () => {
    setBusy(true);
    setTrouble(null);
    const answer = await offerDraft(draft);
    if ('trouble' in answer) setTrouble(answer.trouble);
    else setOffered(answer);
    setBusy(false);
  };
  return (
    <Page title={say('carry.giveTitle')} back={`/apply/${encodeURIComponent(step)}?write`}>
      <p><strong>{pick(draft.form.title)}</strong></p>
      <p>{say('carry.giveLead')}</p>
      <p class="note">{say('carry.sealed')}</p>
      {trouble && <Trouble trouble={trouble} />}
      {offered
        ? <Shown key={offered.code} offered={offered} />
        : <button type="button" class="button" disabled={busy || !reached} onClick={() => void offer()}>{say('carry.show')}</button>}
      {!reached && <p class="note">{say('carry.offline')}</p>}
    </Page>
  );
}

function Shown({ offered: { code, until } }: { offered: Offered }) {
  const { say, language } = useSpeech();
  const { path, size } = squareOf(code);
  return (
    <div class="box carry" role="status">
      <p>{say('carry.howTo')}</p>
      <svg class="carry-square" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={say('carry.square')} shape-rendering="crispEdges">
        <rect width={size} height={size} fill="#fff" /><path d={path} fill="#000" />
      </svg>
      <p class="note">{say('carry.orType', { address: `${location.host}/carry` })}</p>
      <p class="carry-code" data-testid="carry-code">{inFives(code)}</p>
      <p>{say('carry.until', { time: dayAndTime(until, language) })}</p>
      <p class="note">{say('carry.stays')}</p>
    </div>
  );
}
