import { useEffect, useState } from 'preact/hooks';
import { sendersOf } from '../../data/mail/finding.ts';
import { quietly, refreshMailWishes } from '../../data/refresh.ts';
import type { MailWishes } from '../../data/shapes.ts';
import { chooseMailWishes } from '../../data/wishes.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { topicWord } from './filters.tsx';
import { withMute } from './mutes.tsx';

/** When the phone may ring: quiet hours, once a day, and what not at all. Kept as she changes it, also offline. */
export function Telling() {
  const { say } = useSpeech();
  const { mailWishes } = useDevice().snapshot;
  const { reached } = useLine();
  const [kept, setKept] = useState(false);
  useEffect(() => quietly(refreshMailWishes()), []);
  useEffect(() => {
    if (location.hash === '#telling') document.getElementById('telling')?.scrollIntoView();
  }, [mailWishes === null]);
  if (!mailWishes) return <p>{say('tell.unheard')}</p>;
  const change = (changed: Partial<MailWishes>) => {
    setKept(true);
    void chooseMailWishes({ ...mailWishes.value, ...changed }).catch(reportError);
  };
  return (
    <>
      <p>{say('tell.lead')}</p>
      <Quiet wishes={mailWishes.value} change={change} />
      <Digest wishes={mailWishes.value} change={change} />
      <ByEvent wishes={mailWishes.value} change={change} />
      <Muted wishes={mailWishes.value} change={change} />
      <p class="note" role="status">{kept && say(reached ? 'tell.kept' : 'tell.waits')}</p>
    </>
  );
}

type Change = { wishes: MailWishes; change: (changed: Partial<MailWishes>) => void };

/** 「22:00」 of 「22:00:00」, as a time input has it. */
const clock = (time: string | null, other: string): string => time?.slice(0, 5) ?? other;

function Quiet({ wishes: { quietFrom, quietUntil }, change }: Change) {
  const { say } = useSpeech();
  const [wrong, setWrong] = useState(false);
  const from = clock(quietFrom, '21:00');
  const until = clock(quietUntil, '07:00');
  const isOn = quietFrom !== null;
  const set = (start: string, end: string) => {
    if (start === '' || end === '') return;
    setWrong(start === end);
    if (start !== end) change({ quietFrom: start, quietUntil: end });
  };
  return (
    <>
      <label class="tick">
        <input type="checkbox" checked={isOn} onChange={({ currentTarget: { checked } }) => (checked ? set(from, until) : change({ quietFrom: null, quietUntil: null }))} />
        {say('tell.quiet')}
      </label>
      {isOn && (
        <fieldset class="two-choices">
          <legend class="note">{say('tell.quietHelp')}</legend>
          <Time id="quiet-from" label={say('tell.from')} value={from} set={(value) => set(value, until)} />
          <Time id="quiet-until" label={from > until ? `${say('tell.until')} (${say('tell.overnight')})` : say('tell.until')} value={until} set={(value) => set(from, value)} />
        </fieldset>
      )}
      {wrong && <p class="error" role="alert">{say('tell.same')}</p>}
    </>
  );
}

function Digest({ wishes: { digestAt }, change }: Change) {
  const { say } = useSpeech();
  const at = clock(digestAt, '18:00');
  return (
    <fieldset class="field">
      <legend>{say('tell.digest')}</legend>
      <label class="tick"><input type="radio" name="digest" checked={digestAt === null} onChange={() => change({ digestAt: null })} />{say('tell.atOnce')}</label>
      <label class="tick"><input type="radio" name="digest" checked={digestAt !== null} onChange={() => change({ digestAt: at })} />{say('tell.daily')}</label>
      {digestAt !== null && <Time id="digest-at" label={say('tell.digestAt')} value={at} set={(value) => value !== '' && change({ digestAt: value })} />}
    </fieldset>
  );
}

/** Off until she says so: what is open in her life is then a mark in the ward's address book, and goes when it is over. */
function ByEvent({ wishes: { byEvent }, change }: Change) {
  const { say } = useSpeech();
  return (
    <>
      <label class="tick">
        <input type="checkbox" data-testid="by-event" aria-describedby="by-event-help" checked={byEvent} onChange={({ currentTarget: { checked } }) => change({ byEvent: checked })} />
        {say('tell.byEvent')}
      </label>
      <p class="note" id="by-event-help">{say('tell.byEventHelp')}</p>
    </>
  );
}

type TimeProps = { id: string; label: string; value: string; set: (value: string) => void };
const Time = ({ id, label, value, set }: TimeProps) => (
  <div class="field"><label for={id}>{label}</label><input id={id} type="time" value={value} onChange={(event) => set(event.currentTarget.value)} /></div>
);

function Muted({ wishes, change }: Change) {
  const { say, pick } = useSpeech();
  const senders = sendersOf(useDevice().snapshot.inbox?.value ?? []);
  const word = (what: string): string => {
    const [kind = '', ...rest] = what.split(':');
    const named = rest.join(':');
    if (kind === 'topic') return say(topicWord(named));
    const sender = senders.find(({ key }) => key === named);
    return sender ? pick(sender.name) : named;
  };
  return (
    <>
      <h3>{say('tell.muted')}</h3>
      {wishes.mutes.length === 0 && <p class="note">{say('tell.nothingMuted')}</p>}
      <ul class="links">
        {wishes.mutes.map((what) => (
          <li key={what}><button type="button" class="button" data-kind="quiet" onClick={() => change(withMute(wishes, what, false))}>{say('tell.unmute', { what: word(what) })}</button></li>
        ))}
      </ul>
    </>
  );
}
