import { useEffect, useRef, useState } from 'preact/hooks';
import { answerNotice, answersOf, isAsked, refreshSchools, waitingAnswer, type AnswerItem, type Said } from '../../data/school.ts';
import { numbersIn } from '../../data/individual-number.ts';
import { quietly } from '../../data/refresh.ts';
import type { Pupil, SchoolNotice, SchoolQuestion, Text } from '../../data/shapes.ts';
import type { Key } from '../../text/speak.ts';
import { dayAndTime, longDay } from '../../text/dates.ts';
import { ranged } from '../../text/lists.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { OutboxBadge } from '../parts/outbox-state.tsx';
import { useBegun } from '../parts/use-begun.ts';
import { Thread } from './thread.tsx';

/** Inside a notice: what the school asks, child by child, and the words between her and the school. Nothing of other senders. */
export function SchoolReply({ notice }: { notice: string }) {
  const { schools } = useDevice().snapshot;
  const { say } = useSpeech();
  useEffect(() => quietly(refreshSchools()), [notice]);
  if (schools === null) return <Age kept={null} />;
  const those = schools.value.notices.filter((one) => one.notice === notice);
  return (
    <>
      {those.map((one) => {
        const pupil = schools.value.pupils.find(({ id }) => id === one.pupil);
        return pupil && (
          <section key={one.pupil} class="school-reply" aria-label={pupil.name} data-testid="school-reply">
            <h2>{say('school.for', { name: pupil.name, class: pupil.className })}</h2>
            {one.corrected && <Corrected one={one} mayAnswer={pupil.mayAnswer} />}
            {one.event && <EventLine event={one.event} />}
            {one.kind !== null && <Asked one={one} pupil={pupil} />}
            <Thread notice={notice} pupil={pupil} lines={one.lines} />
          </section>
        );
      })}
    </>
  );
}

/** What was corrected beside the words, and whether she is asked once more; the words' own changes stand above. */
function Corrected({ one, mayAnswer }: { one: SchoolNotice; mayAnswer: boolean }) {
  const { say, pick, language } = useSpeech();
  const { corrected, before } = one;
  if (!corrected) return null;
  const { until, amountYen, questions, event, asksAnew } = corrected;
  const day = (told: NonNullable<SchoolNotice['event']>) => [longDay(told.on, language), ranged([told.begins, told.ends], language), told.place].filter(Boolean).join(' ');
  const lines: [Key, string, string][] = [];
  if (until) lines.push(['school.wasUntil', dayAndTime(until, language), one.until ? dayAndTime(one.until, language) : '']);
  if (event) lines.push(['school.wasDay', day(event), one.event ? day(one.event) : say('school.noDay')]);
  if (amountYen !== null) lines.push(['school.wasAmount', amountYen.toLocaleString('ja-JP'), one.amountYen?.toLocaleString('ja-JP') ?? '']);
  const hasAnswered = one.mine !== null || one.waiting !== null;
  const asks = !mayAnswer || one.kind === null ? null : asksAnew ? 'school.asksAnew' : hasAnswered ? 'school.answersStay' : null;
  if (lines.length === 0 && !questions && asks === null) return null;
  return (
    <div class="alert" data-kind="note" data-testid="asks-corrected">
      <p><strong>{say('school.corrected')}</strong></p>
      <ul class="plain changes">
        {lines.map(([label, was, is]) => <li key={label}>{say(label)}<del>{was}</del> → <ins>{is}</ins></li>)}
        {questions && <li>{say('school.otherQuestions')}</li>}
      </ul>
      {asks && <p>{say(asks)}</p>}
      {before && <p class="note">{say('school.saidBefore', { said: pick(before) })}</p>}
    </div>
  );
}

function EventLine({ event }: { event: NonNullable<SchoolNotice['event']> }) {
  const { say, language } = useSpeech();
  const hours = ranged([event.begins, event.ends], language);
  return <p><strong>{longDay(event.on, language)}</strong> {hours} {event.place} <span class="note">{say('school.inCalendar')}</span></p>;
}

function Asked({ one, pupil }: { one: SchoolNotice; pupil: Pupil }) {
  const { say, pick, language } = useSpeech();
  const { outbox } = useDevice();
  const [editing, edit] = useState(false);
  const item = waitingAnswer(outbox, one.notice, one.pupil);
  const refused = item?.outcome.state === 'refused' ? item.outcome : null;
  const said = item ? answersOf(item) : saidOf(one.waiting ?? one.mine);
  const shown = said !== null && !editing && !refused;
  return (
    <>
      <p class="due" data-near={one.closed ? undefined : ''}>
        {say(one.closed ? 'school.closed' : 'school.until', { time: dayAndTime(one.until ?? '', language) })}
      </p>
      {one.amountYen !== null && <p><strong>{say('school.amount', { yen: one.amountYen.toLocaleString('ja-JP') })}</strong></p>}
      {one.byOther && one.mine === null && <p class="note">{say(one.oneIsEnough ? 'school.byOther' : 'school.byOtherToo')}</p>}
      {!pupil.mayAnswer && <p class="note">{say('school.helper')}</p>}
      {refused && <p class="error" role="alert">{pick(refused.message)}</p>}
      {shown && <Standing one={one} item={item} said={said} />}
      {shown && pupil.mayAnswer && (
        <button type="button" class="button" data-kind="outline" onClick={() => edit(true)}>{say(one.closed ? 'school.changeLate' : 'school.change')}</button>
      )}
      {pupil.mayAnswer && !shown && (
        <Form key={JSON.stringify(one.questions)} one={one} first={said ?? {}} since={item?.wish.answeredAt ?? (one.waiting ?? one.mine)?.cameAt ?? null} faults={refused ? Object.fromEntries(refused.fields.map(({ field, message }) => [field, message ?? refused.message])) : {}} done={() => edit(false)} />
      )}
    </>
  );
}

const saidOf = (answer: SchoolNotice['mine']): Said | null =>
  answer && Object.fromEntries(answer.said.map(({ question, answer: value }) => [question, value]));

function Standing({ one, item, said }: { one: SchoolNotice; item: AnswerItem | undefined; said: Said }) {
  const { say, pick, language } = useSpeech();
  const told = one.waiting ?? one.mine;
  return (
    <div role="status" data-testid="school-answer">
      <p class="badges">
        {item ? <OutboxBadge item={item} /> : <span class="badge" data-state={one.waiting ? 'ASK' : 'DONE'}>{say(one.waiting ? 'school.waiting' : 'school.answered')}</span>}
      </p>
      <dl class="facts">
        {one.questions.filter(({ id }) => said[id]).map((question) => (
          <div key={question.id}><dt>{pick(question.label)}</dt><dd>{inWords(question, said[question.id] ?? '', pick)}</dd></div>
        ))}
      </dl>
      {!item && told && <p class="note">{say('school.cameAt', { time: dayAndTime(told.cameAt, language) })}</p>}
      {one.refused && <p class="note">{say('school.lateRefused')}</p>}
      {one.kind === 'FEE' && said.pay === 'here' && !item && <a class="button" data-kind="outline" href="/payments">{say('school.toPayments')}</a>}
    </div>
  );
}

function inWords(question: SchoolQuestion, said: string, pick: (text: Text) => string): string {
  const chosen = question.choices.find(({ id }) => id === said);
  if (chosen) return pick(chosen.label);
  return question.kind === 'TEMPERATURE' ? `${said} ℃` : said;
}

/** `since`: when she last said something to it. */
type FormProps = { one: SchoolNotice; first: Said; since: string | null; faults: Record<string, Text>; done: () => void };

function Form({ one, first, since, faults: told, done }: FormProps) {
  const { say } = useSpeech();
  const [said, write, forget] = useBegun<Said>(`answer ${one.notice} ${one.pupil} ${JSON.stringify(one.questions.map(({ id, kind }) => [id, kind]))}`, first, { since });
  const [missing, miss] = useState<string[]>([]);
  const [numbers, find] = useState<string[]>([]);
  const summary = useRef<HTMLParagraphElement>(null);
  const asked = one.questions.filter((question) => isAsked(question, said));
  const send = (event: Event) => {
    event.preventDefault();
    const open = asked.filter(({ id, required }) => required && !said[id]?.trim()).map(({ id }) => id);
    const held = numbersIn(said);
    miss(open);
    find(held);
    if (open.length + held.length > 0) return requestAnimationFrame(() => summary.current?.focus());
    const answers = Object.fromEntries(asked.map(({ id }) => [id, (said[id] ?? '').trim()] as const).filter(([, value]) => value));
    void answerNotice({ notice: one.notice, pupil: one.pupil, answers, answeredAt: new Date().toISOString(), revision: one.revision }).then(forget).then(done);
  };
  return (
    <form noValidate onSubmit={send} data-testid="school-form">
      {missing.length + numbers.length > 0 && (
        <p class="error" role="alert" tabIndex={-1} ref={summary}>{missing.length > 0 ? say('school.missing', { n: missing.length }) : say('school.number')}</p>
      )}
      {asked.map((question) => (
        <Question
          key={question.id} at={`${one.pupil}-${question.id}`} question={question} value={said[question.id] ?? ''}
          fault={told[question.id] ?? null} isMissing={missing.includes(question.id)} hasNumber={numbers.includes(question.id)}
          write={(value) => write({ [question.id]: value })}
        />
      ))}
      {one.closed && <p class="note">{say('school.lateHelp')}</p>}
      <button class="button">{say(one.closed ? 'school.sendLate' : 'school.send')}</button>
    </form>
  );
}

type QuestionProps = { at: string; question: SchoolQuestion; value: string; fault: Text | null; isMissing: boolean; hasNumber: boolean; write: (value: string) => void };

function Question({ at, question, value, fault, isMissing, hasNumber, write }: QuestionProps) {
  const { say, pick } = useSpeech();
  const wrong = hasNumber ? say('school.number') : fault ? pick(fault) : isMissing ? say('school.answerThis') : null;
  const described = wrong === null ? undefined : `${at}-wrong`;
  const told = wrong !== null && <p class="error" id={`${at}-wrong`}>{wrong}</p>;
  if (question.kind === 'CHOICE') {
    return (
      <fieldset class="field" aria-describedby={described}>
        <legend>{pick(question.label)}</legend>
        {told}
        {question.choices.map((choice) => (
          <label class="option" key={choice.id}>
            <input type="radio" name={at} value={choice.id} checked={value === choice.id} onChange={() => write(choice.id)} />
            <span>{pick(choice.label)}</span>
          </label>
        ))}
      </fieldset>
    );
  }
  const common = { id: at, value, 'aria-invalid': wrong !== null, 'aria-describedby': described };
  return (
    <div class="field">
      <label for={at}>{pick(question.label)}</label>
      {told}
      {question.kind === 'TEMPERATURE'
        ? <input type="text" inputMode="decimal" autoComplete="off" maxLength={4} {...common} onInput={(event) => write(event.currentTarget.value)} />
        : <textarea rows={3} maxLength={500} {...common} onInput={(event) => write(event.currentTarget.value)} />}
    </div>
  );
}
