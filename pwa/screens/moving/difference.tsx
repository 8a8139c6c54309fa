import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { answers, changesOf, compare, firstWish, KINDS, type Wish } from '../../data/moving.ts';
import type { Difference, MoveChange } from '../../data/shapes.ts';
import { dayAt, longDay, shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { eventPath } from '../parts/catalogue.ts';
import { Page } from '../parts/page.tsx';
import { Compare } from './compare.tsx';
import { LastDay } from './last-day.tsx';
import { Order } from './order.tsx';
import { Papers } from './papers.tsx';
import { SheetOffer } from './sheet-offer.tsx';

export type Trouble = 'none' | 'busy' | 'silent' | 'nothing';

/** From ward A to ward B: for each person what stops, starts, lapses, is issued anew and carries over. */
export function DifferenceScreen() {
  const { difference, home, viewer } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  const [trouble, setTrouble] = useState<Trouble>('none');
  const [wished, setWished] = useState<Wish | null>(null);
  const begun = firstWish(difference?.value ?? null, home?.value ?? null);
  const look = async (wish: Wish) => {
    setTrouble('busy');
    setWished(wish);
    try {
      setTrouble(await compare(wish) ? 'none' : 'nothing');
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble('silent');
    }
  };
  const hasRegister = viewer?.value.ward !== null;
  useEffect(() => {
    if (hasRegister && begun.toWard !== '' && begun.movesOn !== '') void look({ ...begun, people: movers(difference?.value ?? null) });
  }, []);
  // What was compared before must not stand under a place or a day that could not be compared.
  const shown = trouble !== 'nothing' && difference && (!wished || answers(difference.value, wished)) ? difference : null;
  if (!hasRegister) return <NoRegister />;
  return (
    <Page title={say('move.title')} back="/" lead={<p>{say('move.lead')}</p>}>
      <Compare begun={begun} family={difference?.value.family ?? []} moving={movers(difference?.value ?? null)} look={look} />
      <p role="status" class="note">
        {trouble === 'busy' && say('move.comparing')}
        {trouble === 'none' && wished && shown && say('move.compared', { from: pick(shown.value.leaving), to: pick(shown.value.to) })}
      </p>
      {trouble === 'silent' && <p class="error" role="alert">{say(shown ? 'move.silent' : 'move.silentNone')}</p>}
      {trouble === 'nothing' && <p class="error" role="alert">{say('move.nothing')}</p>}
      {shown && <Found found={shown.value} at={shown.at} />}
    </Page>
  );
}

/** Outside of the 23 wards nobody tells us what she has: what a move in asks of everybody is in the catalogue. */
function NoRegister() {
  const { say } = useSpeech();
  return (
    <Page title={say('move.title')} back="/">
      <div class="alert" data-kind="note" data-testid="no-register">
        <p><strong>{say('move.noRegister')}</strong></p>
        <p>{say('move.noRegisterHelp')}</p>
      </div>
      <a class="button" href={eventPath('moving_in')}>{say('move.toMovingIn')}</a>
      <a class="button" data-kind="outline" href="/">{say('move.toQuestions')}</a>
    </Page>
  );
}

/** null: everyone. */
const movers = (found: Difference | null): string[] | null =>
  found && found.people.length < found.family.length ? found.people.map((one) => one.id) : null;

function Found({ found, at }: { found: Difference; at: string }) {
  const { say, pick, language } = useSpeech();
  return (
    <div class="difference" data-testid="difference" data-to={found.toWard}>
      <p class="lead"><strong>{say('move.fromTo', { from: pick(found.leaving), to: pick(found.to) })}</strong></p>
      <p>{say('move.on', { day: longDay(found.planned, language) })}</p>
      <Age kept={{ at, value: found }} />
      <Order found={found} />
      <Papers found={found} />
      <SheetOffer found={found} />
      <Everyone found={found} />
      <button type="button" class="button" data-kind="outline" onClick={printWhole}>{say('move.print')}</button>
    </div>
  );
}

function Everyone({ found }: { found: Difference }) {
  const { say } = useSpeech();
  return (
    <>
      <Whose found={found} person={null} name={say('move.household')} />
      {found.people.map((one) => <Whose key={one.id} found={found} person={one.id} name={one.name} />)}
    </>
  );
}

function Whose({ found, person, name }: { found: Difference; person: string | null; name: string }) {
  const { say } = useSpeech();
  const heading = `whose-${person ?? 'household'}`;
  return (
    <details class="whose more" open={person === null} data-testid={heading}>
      <summary><h2 class="small">{name}</h2></summary>
      {KINDS.map((kind) => {
        const changes = changesOf(found, person, kind);
        if (!changes.length) return null;
        return (
          <div key={kind} class="kind" data-kind={kind}>
            <h3><span class="badge">{say(`move.kind.${kind}`)}</span></h3>
            <ul class="changes">{changes.map((change) => <Change key={change.id} change={change} />)}</ul>
          </div>
        );
      })}
    </details>
  );
}

/** On paper everyone's part is open. */
function printWhole(): void {
  document.querySelectorAll<HTMLDetailsElement>('details.whose').forEach((part) => { part.open = true; });
  print();
}

function Change({ change }: { change: MoveChange }) {
  const { say, pick, language } = useSpeech();
  return (
    <li>
      <strong>{pick(change.name)}</strong>
      <LastDay day={change.lastDay} />
      {change.onlyIf && <p class="only-if">{pick(change.onlyIf)}</p>}
      <p>{pick(change.because)}</p>
      {change.wardSays && <p class="ward-says">{pick(change.wardSays)}</p>}
      {change.late && <p>{pick(change.late)}</p>}
      <p class="note">
        {change.opens !== null && change.opens > dayAt(new Date()) && <>{say('due.opens', { day: shortDay(change.opens, language) })}　</>}
        {change.office ? say('move.where', { office: pick(change.office) }) : say('move.byItself')}
        {change.law !== null && <>　{change.law}</>}
        {change.confidence === 'C' && <>　{say('move.unsure')}</>}
      </p>
    </li>
  );
}
