import { isSentBack } from '../data/again.ts';
import { isOfMoving } from '../data/events.ts';
import { toHandIn, type PublicService } from '../data/open.ts';
import type { Home, Step } from '../data/shapes.ts';
import { stepsOf } from '../data/steps.ts';
import type { Kept } from '../device/snapshot.ts';
import { dayAndTime, longDay, moment, shortDay } from '../text/dates.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { procedurePath } from './parts/catalogue.ts';
import { leftInWords } from './parts/due.tsx';
import { ReadPage } from './parts/aloud.tsx';
import { Borrowed } from './parts/borrowed.tsx';
import { Gone } from './parts/gone.tsx';
import { Line } from './parts/line.tsx';
import { Page } from './parts/page.tsx';
import { Fee, Offices, Papers, useService } from './parts/papers.tsx';
import { daysLeft, isFilling } from './parts/pressing.ts';
import { QuestionPart } from './parts/question.tsx';
import { useSourceName } from './parts/source-name.ts';
import { Badges, formPath, GapMark, stepPath } from './parts/step-marks.tsx';
import { ToBookIt } from './parts/to-book.tsx';
import { Unheard } from './parts/unheard.tsx';
import { Verdict } from './parts/verdict.tsx';

export const findStep = (home: Kept<Home> | null, id: string): Step | undefined =>
  home ? stepsOf(home.value).find((step) => step.id === id) : undefined;


/** One step: why it is hers, until when, where and how, what is known, and what we must ask her. */
export function StepScreen({ id }: { id: string }) {
  const { home } = useDevice().snapshot;
  const { say, pick, language } = useSpeech();
  const step = findStep(home, id);
  if (!home || (!step && isFilling(home.value))) return <Unheard />;
  if (!step) return <Gone text="step.gone" />;
  return (
    <Page title={pick(step.name)} back="/">
      {step.subject && <p class="for-whom">{say('step.forWhom', { name: step.subject.name })}</p>}
      <Borrowed of={step.name} />
      <Badges step={step} />
      <ReadPage />
      <p class="note">
        {step.asOf !== null && say('source.asOf', { time: moment(step.asOf, language) })} <GapMark step={step} />
      </p>
      <Questions step={step} />
      <Action step={step} />
      <ToBookIt procedure={step.procedure} atCounter={step.channel === 'COUNTER'} />
      <Facts step={step} home={home} />
      <ToDifference step={step} home={home.value} />
      <Order step={step} home={home} />
      <Known step={step} />
    </Page>
  );
}

function Action({ step }: { step: Step }) {
  const { drafts, outbox } = useDevice();
  const { say } = useSpeech();
  const waiting = outbox.find((item) => item.wish.kind === 'submit' && item.wish.step === step.id && item.outcome.state !== 'accepted');
  const drafted = drafts.some((draft) => draft.step === step.id);
  const apply = formPath(step);
  return (
    <>
      {step.application && <Verdict step={step} application={step.application} />}
      {waiting && waiting.outcome.state !== 'refused' && (
        <p class="strip"><a href={`/applications/${waiting.id}`}>{say('outbox.waiting')}</a></p>
      )}
      {step.hasParts && <p class="strip"><a href={`/parts/${encodeURIComponent(step.id)}`}>{say('parts.ask')}</a></p>}
      {drafted && <a class="button" href={apply}>{say('step.continue')}</a>}
      {!drafted && !waiting && step.form && <a class="button" href={apply}>{say(isSentBack(step) ? 'step.correct' : 'step.apply')}</a>}
    </>
  );
}

function Questions({ step }: { step: Step }) {
  const { say } = useSpeech();
  if (!step.asks.length) return null;
  return (
    <section class="box" aria-labelledby="questions">
      <h2 id="questions">{say('step.questions')}</h2>
      {step.asks.map((question) => <QuestionPart key={question.fact} step={step.id} question={question} />)}
    </section>
  );
}

/** From every step of a move to what the move changes for the family. */
function ToDifference({ step, home }: { step: Step; home: Home }) {
  const { say } = useSpeech();
  const isMoving = home.bundles.some((bundle) => isOfMoving(bundle.id) && bundle.steps.some((one) => one.id === step.id));
  return isMoving ? <p class="strip"><a href="/moving/difference">{say('move.open')}</a></p> : null;
}

/** Until she has answered there is no last day to tell, and once it is sent or done nothing to be late for. */
const hasDeadline = (step: Step): boolean =>
  step.state !== 'DONE' && step.state !== 'SENT' && !(step.state === 'ASK' && step.due === null);

function Facts({ step, home }: { step: Step; home: Kept<Home> }) {
  const { say, pick } = useSpeech();
  const service = useService(step.procedure);
  return (
    <dl class="facts" data-testid="step-facts">
      {hasDeadline(step) && <Line term={say('step.deadline')}><Deadline step={step} home={home} /></Line>}
      {step.amount && <Line term={say('step.amount')}><Worth amount={step.amount} /></Line>}
      <Line term={say('step.why')}>{pick(step.because)}</Line>
      {step.late && hasDeadline(step) && <Line term={say('step.late')}>{pick(step.late)}</Line>}
      <Line term={say('step.how')}><strong>{say(`channel.${step.channel}`)}</strong><br />{pick(step.how)}</Line>
      {service && <Bring step={step} service={service} />}
      <Line term={say('step.operator')}>{pick(step.operatorName)}</Line>
      <Line term={say('step.official')}>{pick(step.officialName)}</Line>
      {step.law !== null && <Line term={say('step.law')}>{step.law}</Line>}
    </dl>
  );
}

/** What to bring, where and for how much, as for everybody; more stands on the page of the procedure. */
function Bring({ step, service }: { step: Step; service: PublicService }) {
  const { say } = useSpeech();
  const isSentHere = step.channel === 'HERE' && toHandIn(service).length > 0;
  const byPost = service.hasChannel.includes('post');
  return (
    <>
      <Offices service={service} />
      <Papers service={service} />
      {isSentHere && <Line term={say('handIn.title')}>{say(byPost ? 'handIn.counterOrPost' : 'handIn.counter')}</Line>}
      <Fee service={service} />
      {service.hasChannel.length > 0 && (
        <Line term={say('step.means')}>{service.hasChannel.map((one) => say(`means.${one}`)).join('・')}</Line>
      )}
      <Line term={say('step.procedure')}>
        <a href={procedurePath(step.procedure)}>{say('step.toProcedure')}</a>
        <span class="note">{say('trust.ward')}</span>
      </Line>
    </>
  );
}

/** How much there is, and who says so: the law, or a calculation of a certain time. */
function Worth({ amount }: { amount: NonNullable<Step['amount']> }) {
  const { say, pick, language } = useSpeech();
  return (
    <>
      {pick(amount.text)}
      {amount.toldBy && (
        <span class="note">
          {say(`amount.${amount.toldBy}`, {
            law: amount.law ?? '', time: amount.asOf === null ? '' : dayAndTime(amount.asOf, language),
          })}
        </span>
      )}
    </>
  );
}

function Deadline({ step, home }: { step: Step; home: Kept<Home> }) {
  const speech = useSpeech();
  const { say, language } = speech;
  const left = daysLeft(step, home);
  return (
    <>
      {step.opens !== null && <>{say('due.opens', { day: shortDay(step.opens, language) })}<br /></>}
      {step.due === null ? say('step.noDeadline') : say('due.by', { day: longDay(step.due, language) })}
      {left !== null && <strong class="due" data-near={left <= 14 ? '' : undefined}> {leftInWords(left, speech)}</strong>}
      {step.due !== null && (step.state === 'DUE' || step.state === 'OPEN') && (
        <><br /><a href={`/calendar-item?key=${encodeURIComponent(`step-${step.id}`)}`} download="kurashimado.ics">{say('calendars.item')}</a></>
      )}
    </>
  );
}

/** What comes before this step and what waits for it, as far as it is hers. */
function Order({ step, home }: { step: Step; home: Kept<Home> }) {
  const { say, pick } = useSpeech();
  const every = stepsOf(home.value);
  const isOpen = (other: Step) => other.state !== 'DONE' && other.state !== 'ASK';
  const before = every.filter((other) => step.after.includes(other.procedure) && isOpen(other) && isSamePerson(step, other));
  const later = every.filter((other) => step.unlocks.includes(other.id) && isOpen(other));
  const links = (steps: Step[]) => (
    <ul class="links">{steps.map((one) => <li key={one.id}><a href={stepPath(one)}>{pick(one.name)}</a></li>)}</ul>
  );
  return (
    <>
      {before.length > 0 && <section aria-labelledby="before"><h2 id="before">{say('step.before')}</h2>{links(before)}</section>}
      {later.length > 0 && <section aria-labelledby="later"><h2 id="later">{say('step.later')}</h2>{links(later)}</section>}
    </>
  );
}

const isSamePerson = (one: Step, other: Step): boolean =>
  one.subject === null || other.subject === null || one.subject.id === other.subject.id;

function Known({ step }: { step: Step }) {
  const { say, pick, language } = useSpeech();
  const nameOf = useSourceName();
  if (!step.known.length) return null;
  // A home kept on the device from before this version has no names of sources in it.
  const toldBy = (fact: Step['known'][number]): string =>
    fact.source === 'self' || !fact.sourceName ? nameOf(fact.source) : pick(fact.sourceName);
  return (
    <section aria-labelledby="known">
      <h2 id="known">{say('step.known')}</h2>
      <dl class="facts">
        {step.known.map((fact) => (
          <Line key={fact.label.ja} term={pick(fact.label)}>
            {pick(fact.value)}
            <span class="note">
              {fact.asOf === null
                ? toldBy(fact)
                : say('step.told', { source: toldBy(fact), time: dayAndTime(fact.asOf, language) })}
            </span>
          </Line>
        ))}
      </dl>
    </section>
  );
}
