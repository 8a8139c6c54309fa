import { cameBack, isSentBack } from '../../data/came-back.ts';
import type { Thing } from '../../data/answer.ts';
import type { Bill, Notice, Step } from '../../data/shapes.ts';
import { moment, shortDay } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { headline } from '../inbox/headline.ts';
import { useChildren } from '../inbox/use-inbox.ts';
import { Due } from '../parts/due.tsx';
import { Icon } from '../parts/icon.tsx';
import { daysLeft } from '../parts/pressing.ts';
import { Badges, formPath, GapMark, stepPath } from '../parts/step-marks.tsx';
import { Why } from './why.tsx';

/** One thing that is hers to do: what, whose, until when, why, and the touch that begins it. */
export function ThingCard({ thing }: { thing: Thing }) {
  if (thing.kind === 'step') return <StepThing step={thing.step} />;
  return thing.kind === 'letter' ? <LetterThing notice={thing.notice} /> : <BillsThing bills={thing.bills} day={thing.day} />;
}

export const keyOf = (thing: Thing): string =>
  (thing.kind === 'step' ? thing.step.id : thing.kind === 'letter' ? thing.notice.id : 'bills');

function StepThing({ step }: { step: Step }) {
  const { say, pick, language } = useSpeech();
  const { snapshot: { home } } = useDevice();
  const isOver = home !== null && (daysLeft(step, home) ?? 0) < 0;
  return (
    <li class="step-card thing" data-state={step.state} data-testid={`step-${step.id}`}>
      <h3><a href={stepPath(step)}>{pick(step.name)}</a></h3>
      {step.subject && <p class="for-whom">{say('step.forWhom', { name: step.subject.name })}</p>}
      {cameBack(step) && <Badges step={step} />}
      <Due step={step} />
      {isOver && <p>{say('home.late')}</p>}
      <Why step={step} />
      <p class="note">
        {step.asOf !== null && say('source.asOf', { time: moment(step.asOf, language) })}
        <GapMark step={step} />
      </p>
      <Begin step={step} />
      <Icon name="chevron" />
    </li>
  );
}

/** Straight to the form, where there is one and nothing of it is on its way. */
function Begin({ step }: { step: Step }) {
  const { drafts, outbox } = useDevice();
  const { say, pick } = useSpeech();
  const isOut = outbox.some(({ wish, outcome }) => wish.kind === 'submit' && wish.step === step.id && outcome.state !== 'accepted');
  if (!step.form || isOut) return null;
  const begun = drafts.some((draft) => draft.step === step.id) ? 'step.continue' : isSentBack(step) ? 'step.correct' : 'step.apply';
  return <a class="button" data-kind="outline" href={formPath(step)}>{say(begun)}<span class="unseen">{say('why.of', { name: pick(step.name) })}</span></a>;
}

function LetterThing({ notice }: { notice: Notice }) {
  const speech = useSpeech();
  const line = headline(notice, useChildren(), speech);
  return (
    <li class="step-card thing" data-state="DUE" data-testid={`home-notice-${notice.id}`}>
      <h3><a href={`/inbox/${notice.id}`}>{speech.pick(notice.title)}</a></h3>
      {line !== '' && <p class="due">{line}</p>}
      <p class="because">{speech.say('why.letter', { from: speech.pick(notice.sender) })}</p>
      <Icon name="chevron" />
    </li>
  );
}

function BillsThing({ bills, day }: { bills: readonly Bill[]; day: string | null }) {
  const { say, pick, language } = useSpeech();
  const [first] = bills;
  if (!first) return null;
  const names = [...new Set(bills.map((one) => (one.isSlip ? one.content ?? one.payee : null) ?? pick(one.fee)))];
  return (
    <li class="step-card thing" data-state="DUE">
      <h3><a href={bills.length === 1 ? `/payments/${first.id}` : '/payments'} data-testid="payments-due">{say('payments.due', { n: bills.length })}</a></h3>
      {day && <p class="due">{say('payments.by', { day: shortDay(day, language) })}</p>}
      <p class="because">{say('why.bills', { names: names.join('・') })}</p>
      <Icon name="chevron" />
    </li>
  );
}
