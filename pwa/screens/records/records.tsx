import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { askBodies, forgetExpired, OPERATORS, refreshRecords, stillKept, stopAsking, together } from '../../data/records.ts';
import type { BodyRecord, Text } from '../../data/shapes.ts';
import { useDevice, useLine, useSpeech, type Speech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Page } from '../parts/page.tsx';
import { silence, unread } from '../parts/silence.ts';
import { BodyCard } from './body.tsx';
import { AskPanel } from './panels.tsx';
import { Empty, Failed, OfflineNote, Waiting } from '../parts/states.tsx';

/** What she wishes of one body or of several; the place (an id) is where trouble is told. */
export type Act = { place: string; ask: readonly string[] } | { place: string; stop: BodyRecord };
export type Acts = { act: (act: Act) => Promise<void>; trouble: { place: string; why: string } | null };

/** What each body holds about her, as this device last heard it. */
export function RecordsScreen() {
  const { records } = useDevice().snapshot;
  const { say } = useSpeech();
  const { reached } = useLine();
  const [failed, setFailed] = useState('');
  const [news, setNews] = useState('');
  const acts = useActs(setNews);
  const load = () => {
    setFailed('');
    refreshRecords().catch((cause: unknown) => {
      if (!(cause instanceof NoAnswer)) throw cause;
      setFailed(unread({ say }, cause, 'records.failed'));
    });
  };
  useEffect(() => {
    void forgetExpired();
    load();
  }, [reached]);
  const all = records?.value.records.map((record) => stillKept(record)) ?? null;
  return (
    <Page title={say('records.title')} back="/" lead={<Age kept={records} />}>
      <p>{say('records.lead')}</p>
      <p class="note">{say('records.homeLead')}</p>
      <Told news={news} />
      {!reached && (
        <OfflineNote testid="records-offline">{say(all ? 'records.offline' : 'records.offlineNone')}</OfflineNote>
      )}
      {failed !== '' && (
        <Failed again={{ words: say('records.again.load'), act: load }}>{failed}</Failed>
      )}
      {all === null && reached && !failed && <Waiting>{say('loading')}</Waiting>}
      {all?.length === 0 && <Empty>{say('records.none')}</Empty>}
      {all && <Jumps operators={OPERATORS.filter((operator) => all.some((one) => one.operator === operator))} />}
      {all && OPERATORS.map((operator) => (
        <Operator key={operator} operator={operator} records={all.filter((one) => one.operator === operator)} acts={acts} />
      ))}
      <p class="lone-link"><a href="/readings">{say('records.toReadings')}</a></p>
    </Page>
  );
}

/** The page is long: straight to whose records she came for. */
function Jumps({ operators }: { operators: readonly BodyRecord['operator'][] }) {
  const { say } = useSpeech();
  if (operators.length < 2) return null;
  return (
    <nav aria-label={say('records.jumps')}>
      <ul class="jumps">{operators.map((operator) => <li key={operator}><a href={`#operator-${operator}`}>{say(nameOf(operator))}</a></li>)}</ul>
    </nav>
  );
}

const nameOf = (operator: BodyRecord['operator']) => (operator === 'METROPOLIS' ? 'records.METROPOLIS' : `operator.${operator}` as const);

/** One voice for the whole page, so that a screen reader is not spoken to by every card. */
function Told({ news }: { news: string }) {
  const { say } = useSpeech();
  const { asking } = useLine();
  return (
    <p role="status" class="note" data-testid="records-news">
      {asking.length > 0 ? <span class="waiting">{say('records.asking', { n: asking.length })}</span> : news}
    </p>
  );
}

function useActs(tell: (news: string) => void): Acts {
  const speech = useSpeech();
  const [trouble, setTrouble] = useState<Acts['trouble']>(null);
  const act = async (wish: Act) => {
    setTrouble(null);
    tell('');
    const why = await done(wish, speech);
    if (why !== null) return setTrouble({ place: wish.place, why });
    tell('stop' in wish
      ? speech.say('records.stoppedNews', { name: speech.pick(wish.stop.name) })
      : speech.say('records.heard'));
  };
  return { act, trouble };
}

/** null: it is done; else why not, in words. */
async function done(wish: Act, { say, pick }: Speech): Promise<string | null> {
  try {
    const why: Text | null = 'stop' in wish ? await stopAsking(wish.stop) : await askBodies(wish.ask);
    return why === null ? null : pick(why);
  } catch (cause) {
    if (!(cause instanceof NoAnswer)) throw cause;
    return silence({ say }, cause, { offline: 'records.offline', failed: 'records.failed' });
  }
}

type OperatorProps = { operator: BodyRecord['operator']; records: BodyRecord[]; acts: Acts };

function Operator({ operator, records, acts }: OperatorProps) {
  const { say } = useSpeech();
  if (records.length === 0) return null;
  const here = records.filter((record) => record.state !== 'NOT_CONNECTED');
  const elsewhere = records.filter((record) => record.state === 'NOT_CONNECTED');
  const known = here.filter((record) => record.asOf !== null).length;
  return (
    <section class="bodies" aria-labelledby={`operator-${operator}`} data-testid={`operator-${operator}`}>
      <h2 id={`operator-${operator}`}>{say(nameOf(operator))}</h2>
      {here.length > 0 && <p class="note">{say('records.count', { known, all: here.length })}</p>}
      <Together operator={operator} records={here} acts={acts} />
      <ul class="cards">{here.map((record) => <BodyCard key={record.id} record={record} acts={acts} />)}</ul>
      {elsewhere.length > 0 && (
        <details class="more">
          <summary>{say('records.elsewhere', { n: elsewhere.length })}</summary>
          <ul class="cards">{elsewhere.map((record) => <BodyCard key={record.id} record={record} acts={acts} />)}</ul>
        </details>
      )}
    </section>
  );
}

/** All of one operator at once: those never asked after her yes, those she has agreed to without another. */
function Together({ operator, records, acts }: OperatorProps) {
  const { say } = useSpeech();
  const { reached, asking } = useLine();
  const [open, setOpen] = useState(false);
  const some = together(records);
  if (some.length < 2) return null;
  const isFresh = some.every((record) => record.agreedAt === null);
  const ids = some.map(({ id }) => id);
  const ask = () => {
    setOpen(false);
    void acts.act({ place: operator, ask: ids });
  };
  return (
    <>
      {open
        ? <AskPanel records={some} agree={ask} close={() => setOpen(false)} />
        : (
          <button
            type="button" class="button" data-kind={isFresh ? 'primary' : 'outline'} disabled={!reached || ids.some((id) => asking.includes(id))}
            onClick={isFresh ? () => setOpen(true) : ask}
          >
            {say(`records.${isFresh ? 'all' : 'allAgain'}.${operator}`)}
          </button>
        )}
      {acts.trouble?.place === operator && <p class="error" role="alert">{acts.trouble.why}</p>}
    </>
  );
}
