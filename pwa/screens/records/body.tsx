import { useEffect, useRef, useState } from 'preact/hooks';
import { canBeAsked, countOf, isAgreed, isMasked, refreshRecords } from '../../data/records.ts';
import { outagesOf } from '../../data/outages.ts';
import type { BodyRecord } from '../../data/shapes.ts';
import { dayAt, dayOfRecord, moment } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Masked } from '../parts/masked.tsx';
import { inWords } from '../parts/outages.tsx';
import { Entry } from './entries.tsx';
import { AskPanel, Disclosure, StopPanel } from './panels.tsx';
import type { Acts } from './records.tsx';

/** More lines than these are folded. */
const SEEN_AT_ONCE = 8;

type BodyProps = { record: BodyRecord; acts: Acts };

/** One body: who it is, what it told and when, and what she may do about it. */
export function BodyCard({ record, acts }: BodyProps) {
  const { say, pick } = useSpeech();
  const { asking } = useLine();
  const isAsked = asking.includes(record.id);
  return (
    <li class="body-card" data-testid={`record-${record.id}`} data-state={record.state} aria-busy={isAsked}>
      <h3>{pick(record.name)}</h3>
      <p class="note">
        {pick(record.operatorName)}
        {record.isAskedWithHome && <>　<span class="badge">{say('records.home')}</span></>}
      </p>
      <State record={record} isAsked={isAsked} />
      <Shut record={record} />
      <Content record={record} />
      <Doing record={record} acts={acts} isAsked={isAsked} />
      {acts.trouble?.place === record.id && <p class="error" role="alert">{acts.trouble.why}</p>}
      {record.state !== 'NOT_CONNECTED' && <Disclosure record={record} />}
    </li>
  );
}

/** How it stands, in words, with the time of what is shown. */
function State({ record, isAsked }: { record: BodyRecord; isAsked: boolean }) {
  const { say, pick, language } = useSpeech();
  const at = (iso: string) => ({ time: moment(iso, language) });
  if (isAsked) return <p class="waiting">{say('records.state.WAITING')}</p>;
  if (record.state === 'KNOWN' && record.asOf !== null) return <p><strong>{say('records.asOf', at(record.asOf))}</strong></p>;
  return (
    <>
      <p>
        <strong class={record.state === 'GAP' ? 'gap-mark' : undefined}>
          {record.state === 'GAP' && <Icon name="warning" />}{say(`records.state.${record.state}`)}
        </strong>
      </p>
      {record.why && <p class="because">{pick(record.why)}</p>}
      {record.state === 'GAP' && record.silentSince !== null && <p class="note">{say('records.silent', at(record.silentSince))}</p>}
      {record.asOf !== null && <p>{say('records.older', at(record.asOf))}</p>}
      {record.state === 'STOPPED' && record.stoppedAt !== null && <p class="note">{say('records.stoppedAt', at(record.stoppedAt))}</p>}
      {record.state === 'NOT_CONNECTED' && <NotConnected record={record} />}
    </>
  );
}

/** That nobody can ask it now, or will not be able to for a while. */
function Shut({ record }: { record: BodyRecord }) {
  const { say, pick, language } = useSpeech();
  const [outage] = outagesOf([record]);
  return (
    <>
      {record.shut && record.why?.ja !== record.shut.ja && <p class="because">{pick(record.shut)}</p>}
      {outage && <p class="note">{inWords(outage, say, language)} {pick(outage.text)}</p>}
    </>
  );
}

/** Why it is not asked from here: only bodies that the law names may, or it is done elsewhere. */
function NotConnected({ record }: { record: BodyRecord }) {
  const { say, pick } = useSpeech();
  return (
    <>
      {record.onlyFor.length > 0 && <p class="because">{say('records.onlyFor')}</p>}
      {record.onlyFor.length > 0 && <ul class="plain">{record.onlyFor.map((basis) => <li key={basis.ja}>{pick(basis)}</li>)}</ul>}
      <p class={record.onlyFor.length > 0 ? 'note' : 'because'}>{pick(record.note)}</p>
    </>
  );
}

function Content({ record }: { record: BodyRecord }) {
  const { say, language } = useSpeech();
  const count = countOf(record);
  if (record.asOf === null || count === 0) return null;
  return (
    <>
      {isMasked(record.content) && <Masked to="/records" again={refreshRecords} />}
      {count <= SEEN_AT_ONCE
        ? <Entry entry={record.content} />
        : <details class="more"><summary>{say('records.more', { n: count })}</summary><Entry entry={record.content} /></details>}
      {record.keptUntil !== null && (
        <p class="note">{say('records.keptUntil', { day: dayOfRecord(dayAt(new Date(record.keptUntil)), language) })}</p>
      )}
    </>
  );
}

/** Ask, again, stop and undo. */
function Doing({ record, acts, isAsked }: BodyProps & { isAsked: boolean }) {
  const [open, setOpen] = useState<'ask' | 'stop' | null>(null);
  const row = useKeptFocus([open, record.state, isAsked]);
  if (record.state === 'NOT_CONNECTED') return <Official record={record} />;
  const close = () => setOpen(null);
  const ask = () => {
    close();
    void acts.act({ place: record.id, ask: [record.id] });
  };
  const stop = () => {
    void acts.act({ place: record.id, stop: record }).finally(close);
  };
  return (
    <div ref={row}>
      {open === 'ask' && <AskPanel records={[record]} agree={ask} close={close} />}
      {open === 'stop' && <StopPanel record={record} stop={stop} close={close} />}
      {open === null && <Buttons record={record} isAsked={isAsked} open={setOpen} ask={ask} />}
    </div>
  );
}

type ButtonsProps = { record: BodyRecord; isAsked: boolean; open: (panel: 'ask' | 'stop') => void; ask: () => void };

function Buttons({ record, isAsked, open, ask }: ButtonsProps) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const press = (act: string, kind: string, onClick: () => void, isShut = record.shut !== null) => (
    <button
      type="button" class="button" data-kind={kind} disabled={!reached || isAsked || isShut} onClick={onClick}
      aria-label={say('records.about', { name: pick(record.name), act })}
    >
      {act}
    </button>
  );
  return (
    <div class="doing">
      {record.state === 'STOPPED' && press(say('records.undo'), 'outline', ask)}
      {record.state === 'NOT_YET' && press(say('records.ask'), 'outline', () => open('ask'))}
      {canBeAsked(record) && isAgreed(record) && press(say('records.again'), 'outline', ask)}
      {isAgreed(record) && press(say('records.stop'), 'quiet', () => open('stop'), false)}
    </div>
  );
}

/** When the button that had the focus goes away, the next one in its place takes it; it is taken from nobody. */
function useKeptFocus(changes: readonly unknown[]) {
  const row = useRef<HTMLDivElement>(null);
  const wasHere = useRef(false);
  useEffect(() => {
    const came = () => { wasHere.current = true; };
    const left = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node) wasHere.current = row.current?.contains(relatedTarget) ?? false;
    };
    row.current?.addEventListener('focusin', came);
    row.current?.addEventListener('focusout', left);
  }, []);
  useEffect(() => {
    if (!wasHere.current || document.activeElement !== document.body) return;
    row.current?.querySelector<HTMLButtonElement>('button:enabled')?.focus({ preventScroll: true });
  }, changes);
  return row;
}

function Official({ record }: { record: BodyRecord }) {
  const { say, pick } = useSpeech();
  if (record.link === null) return null;
  return (
    <p class="lone-link">
      <a href={record.link} rel="noopener noreferrer" target="_blank" aria-label={`${say('colon', { of: pick(record.name) })}${say('records.official')}`}>
        {say('records.official')}
      </a>
    </p>
  );
}
