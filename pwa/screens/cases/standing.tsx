import type { ComponentChildren } from 'preact';
import { nextDue, standingOf } from '../../data/turns.ts';
import type { Application } from '../../data/shapes.ts';
import { longDay, shortDay } from '../../text/dates.ts';
import { today } from '../../data/issued.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';

/** Whose turn it is, what is expected by when, what is to be corrected, and how a decision may be contested. */
export function Standing({ application, children }: { application: Application; children?: ComponentChildren }) {
  const { say, pick, language } = useSpeech();
  const { home } = useDevice().snapshot;
  const standing = standingOf(application);
  if (!standing) return <>{children}</>;
  const next = nextDue(application, home?.value ?? null);
  return (
    <section class="turn" aria-labelledby="turn" data-turn={standing.turn}>
      <h2 id="turn">{isDecision(application) ? pick(application.stateText) : say(`turn.${standing.turn}`)}</h2>
      <WardsWords application={application} />
      <p data-testid="turn">{pick(standing.text)}</p>
      {standing.returned.length > 0 && (
        <>
          <h3>{say('turn.returned')}</h3>
          <ul data-testid="returned">
            {standing.returned.map(({ field, label, why }) => (
              <li key={field + why.ja}><strong>{pick(label)}</strong><br />{pick(why)}</li>
            ))}
          </ul>
        </>
      )}
      {(standing.by !== null || standing.settledOn !== null || next) && (
        <dl class="facts">
          {standing.by !== null && <Line term={say('turn.by')}>{shortDay(standing.by, language)}</Line>}
          {standing.settledOn !== null && <Line term={say('turn.settledOn')}>{shortDay(standing.settledOn, language)}</Line>}
          {next?.due && <Line term={say('turn.next')}><a href={`/step/${encodeURIComponent(next.id)}`}>{pick(next.name)}</a>（{shortDay(next.due, language)}）</Line>}
        </dl>
      )}
      {children}
      {isDecision(application) && <a class="button" data-kind="quiet" href="/documents">{say('decision.documents')}</a>}
      {standing.appeal && <Contest appeal={standing.appeal} application={application.id} />}
    </section>
  );
}

const isDecision = ({ state }: Application): boolean => state === 'DECIDED' || state === 'REJECTED';

/** What the ward wrote with a decision or with what it sends back, before anything else. */
function WardsWords({ application }: { application: Application }) {
  const { say } = useSpeech();
  const isHers = standingOf(application)?.turn === 'HERS';
  const note = isHers || isDecision(application) ? application.history.at(-1)?.note ?? null : null;
  if (note === null) return null;
  return <p class="wards-note" data-testid="wards-words">{say('decision.words')}<br /><strong lang="ja">{note}</strong></p>;
}

function Contest({ appeal, application }: { appeal: NonNullable<Application['standing']['appeal']>; application: string }) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const isOver = appeal.until < today();
  return (
    <details class="appeal" data-testid="appeal">
      <summary>{say('appeal.title', { day: shortDay(appeal.until, language) })}</summary>
      <p>{say('appeal.until', { day: longDay(appeal.until, language) })}</p>
      {appeal.perhaps !== null && <p class="note" data-testid="appeal-perhaps">{say('appeal.perhaps', { day: longDay(appeal.perhaps, language) })}</p>}
      <p>{pick(appeal.how)}</p>
      <dl class="facts">
        <Line term={say('appeal.to')}>{pick(appeal.to)}</Line>
        <Line term={say('appeal.latest')}>{shortDay(appeal.latest, language)}</Line>
        <Line term={say('appeal.suit')}>{appeal.suitUntil === null ? say('appeal.suitAfter') : say('appeal.suitUntil', { day: shortDay(appeal.suitUntil, language) })}</Line>
        <Line term={say('appeal.law')}>{say('appeal.laws', { law: appeal.law })}</Line>
      </dl>
      {!isOver && reached && <p><a href={`/calendar-item?key=appeal-${application}`} download="kurashimado.ics">{say('calendars.item')}</a></p>}
      <p class="note">{say('appeal.unsure')}</p>
    </details>
  );
}
