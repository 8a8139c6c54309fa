import { useEffect, useState } from 'preact/hooks';
import { ANY, byDay, fits, isAny, readingsOf, refreshReadings, type Only } from '../../data/ledger.ts';
import { quietly } from '../../data/refresh.ts';
import { repeated } from '../../data/repeated.ts';
import type { Reading, Readings } from '../../data/shapes.ts';
import { dayAt, longDay } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Page } from '../parts/page.tsx';
import { unread } from '../parts/silence.ts';
import { Entry } from './entry.tsx';
import { Downloads, Filter, TellMe } from './tools.tsx';
import { Empty, Failed, OfflineNote, Waiting } from '../parts/states.tsx';

/** Who looked at her data or told us about her, when, and on what ground; refused ones too. */
export function ReadingsScreen() {
  const { readings } = useDevice().snapshot;
  const { say } = useSpeech();
  const { reached } = useLine();
  const [only, choose] = useState<Only>(ANY);
  const list = useList(only, readings?.value ?? null, reached);
  const sources = namesOf(readings?.value.nodes ?? []);
  return (
    <Page title={say('readings.title')} back="/settings" lead={<Age kept={readings} />}>
      <p>{say('readings.lead')}</p>
      {!reached && <OfflineNote>{say('readings.offline')}</OfflineNote>}
      {readings && <TellMe told={readings.value.toldOfLooks} />}
      <Filter only={only} choose={choose} sources={sources} />
      {list.failed !== '' && (
        <Failed again={{ words: say('consents.retry'), act: list.again }}>{list.failed}</Failed>
      )}
      {list.shown === null ? !list.failed && <Waiting>{say('loading')}</Waiting> : <Days shown={list.shown} isAll={isAny(only)} />}
      {list.more !== null && (
        <button type="button" class="button" data-kind="outline" disabled={!reached || list.busy} onClick={list.next}>{say('readings.older')}</button>
      )}
      <Downloads />
      <ul class="links">
        <li><a href="/consents">{say('consents.link')}</a></li>
        <li><a href="/records">{say('records.link')}</a></li>
      </ul>
    </Page>
  );
}

function Days({ shown, isAll }: { shown: readonly Reading[]; isAll: boolean }) {
  const { say, language } = useSpeech();
  if (shown.length === 0) return <div role="status"><Empty>{say(isAll ? 'readings.empty' : 'readings.noneSuch')}</Empty></div>;
  return (
    <>
      {byDay(shown, (iso) => dayAt(new Date(iso))).map(([day, entries]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`}>{longDay(day, language)}</h2>
          <ul class="cards">
            {repeated(entries).map(({ newest, others }) => <Entry key={newest.id} reading={newest}>{others.length > 0 && <Others others={others} />}</Entry>)}
          </ul>
        </section>
      ))}
    </>
  );
}

/** The same told again and again on a day, as one line that opens; each of them may still be asked about. */
function Others({ others }: { others: readonly Reading[] }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <details class="more" data-testid="repeated" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say('readings.repeated', { all: others.length + 1, n: others.length })}</summary>
      {open && <ul class="cards">{others.map((reading) => <Entry key={reading.id} reading={reading} />)}</ul>}
    </details>
  );
}

/** What is shown: the device's own copy first; older ones and chosen kinds from the server, offline from what is kept. */
function useList(only: Only, kept: Readings | null, reached: boolean) {
  const { say } = useSpeech();
  const [asked, setAsked] = useState<Readings | null>(null);
  const [older, setOlder] = useState<Readings | null>(null);
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);
  const run = (work: () => Promise<unknown>) => {
    setFailed('');
    setBusy(true);
    quietly(work()
      .catch((cause: unknown) => {
        setFailed(unread({ say }, cause, 'consents.failed'));
        throw cause;
      })
      .finally(() => setBusy(false)));
  };
  const again = () => run(async () => (isAny(only) ? refreshReadings() : setAsked(await readingsOf(only, null))));
  useEffect(() => {
    setAsked(null);
    setOlder(null);
    again();
  }, [only]);
  const local = kept && { ...kept, nodes: kept.nodes.filter((reading) => fits(reading, only)), more: null };
  const fresh = (reading: Reading) => kept?.nodes.find(({ id }) => id === reading.id) ?? reading;
  const base = isAny(only) ? kept : asked ?? (reached && !failed ? null : local);
  const more = older ? older.more : base?.more ?? null;
  const next = () => run(async () => {
    const page = await readingsOf(only, more);
    if (page) setOlder({ ...page, nodes: [...(older?.nodes ?? []), ...page.nodes] });
  });
  return { shown: base ? [...base.nodes.map(fresh), ...(older?.nodes ?? []).map(fresh)] : null, more, next, again, failed, busy };
}

/** Whom she may choose to see alone. */
const namesOf = (readings: readonly Reading[]): [source: string, name: Reading['sourceName']][] =>
  [...new Map(readings.filter(({ kind }) => kind === 'ASKED').map((one) => [one.source, one.sourceName] as const))];
