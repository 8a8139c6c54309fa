import { useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { EndOtherSessions, EndSession } from '../../data/documents.ts';
import type { Devices, Session } from '../../data/shapes.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { onEscape, type Work } from './devices.tsx';
import { focused } from '../parts/focused.ts';

export function SessionList({ devices, busy, work }: { devices: Devices; busy: boolean; work: Work }) {
  const { say } = useSpeech();
  const [asked, setAsked] = useState(false);
  const here = devices.sessions.filter((one) => one.id === devices.thisSession);
  const others = devices.sessions.filter((one) => one.id !== devices.thisSession);
  const endOthers = () => {
    setAsked(false);
    work(async () => (await ask(EndOtherSessions, {})).endOtherSessions, 'devices.ended');
  };
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{say('devices.sessions')}</h2>
      <ul class="device-list">
        {[...here, ...others].map((one) => <Line key={one.id} session={one} isThis={one.id === devices.thisSession} busy={busy} work={work} />)}
      </ul>
      {others.length > 0 && <p class="note">{say('devices.notMe')}</p>}
      {others.length > 1 && !asked && (
        <button type="button" class="button" data-kind="outline" disabled={busy} onClick={() => setAsked(true)}>{say('devices.endOthers')}</button>
      )}
      {asked && (
        <div
          class="alert" role="alertdialog" aria-label={say('devices.endOthers')} aria-describedby="end-others"
          onKeyDown={onEscape(() => setAsked(false))}
        >
          <p id="end-others">{say('devices.endOthersSure')}</p>
          <button type="button" class="button" data-kind="danger-solid" onClick={endOthers}>{say('devices.endOthers')}</button>
          <button type="button" class="button" data-kind="outline" ref={focused} onClick={() => setAsked(false)}>{say('cancel')}</button>
        </div>
      )}
    </section>
  );
}

function Line({ session, isThis, busy, work }: { session: Session; isThis: boolean; busy: boolean; work: Work }) {
  const { say, pick, language } = useSpeech();
  const end = () => work(async () => (await ask(EndSession, { id: session.id })).endSession, 'devices.ended');
  return (
    <li data-this={isThis || undefined}>
      <p><strong>{pick(session.device)}</strong>{isThis && <span class="badge">{say('devices.this')}</span>}</p>
      <p class="note">{say(`devices.by.${session.method}`)}</p>
      <p class="note">{say('devices.since', { time: dayAndTime(session.madeAt, language) })}</p>
      {!isThis && <p class="note">{say('devices.seen', { time: dayAndTime(session.seenAt, language) })}</p>}
      {!isThis && (
        <button type="button" class="button" data-kind="danger" disabled={busy} onClick={end} aria-label={say('devices.endOne', { device: `${pick(session.device)} ${dayAndTime(session.madeAt, language)}` })}>
          {say('devices.end')}
        </button>
      )}
    </li>
  );
}
