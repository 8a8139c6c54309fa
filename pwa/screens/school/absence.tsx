import { useEffect, useRef, useState } from 'preact/hooks';
import { dayInTokyo, hourInTokyo, nextSchoolDay, refreshSchools, reportAbsence, waitingAbsences, type AbsenceItem } from '../../data/school.ts';
import { numbersIn } from '../../data/individual-number.ts';
import { quietly } from '../../data/refresh.ts';
import type { Absence, Pupil } from '../../data/shapes.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Gone } from '../parts/gone.tsx';
import { Page } from '../parts/page.tsx';
import { Coming } from '../parts/states.tsx';
import { useBegun } from '../parts/use-begun.ts';
import { go } from '../router.ts';
import { LookOver } from './look-over.tsx';

export type Report = Omit<AbsenceItem['wish'], 'kind'>;
type Change = (change: Partial<Report>) => void;
const KINDS: readonly Absence['kind'][] = ['SICK', 'PRIVATE', 'LATE', 'EARLY', 'OTHER'];
const SYMPTOMS = ['fever', 'cough', 'stomach', 'vomiting', 'head', 'rash', 'injury', 'infection'] as const;
export const hasHour = (what: Absence['kind']): boolean => what === 'LATE' || what === 'EARLY';

/** A report of absence, new or corrected; it is on the device at once and goes out when the line allows. */
export function AbsenceScreen({ pupil, report }: { pupil: string | null; report: string | null }) {
  const { snapshot, outbox } = useDevice();
  useEffect(() => quietly(refreshSchools()), []);
  const pupils = (snapshot.schools?.value.pupils ?? []).filter(({ mayAnswer }) => mayAnswer);
  const before = pupils.flatMap(({ absences }) => absences).find(({ id, isMine }) => id === report && isMine);
  const held = pupils.flatMap(({ id }) => waitingAbsences(outbox, id)).filter(({ wish }) => wish.report === report && !wish.withdrawn).at(-1);
  if (snapshot.schools === null) return <Untold />;
  if (pupils.length === 0) return <Gone text="school.none" help="school.noneHelp" />;
  const of = pupils.find(({ id }) => id === pupil) ?? pupils[0];
  const first = held ? held.wish : before ? corrected(before) : blank(of?.id ?? '', nextSchoolDay(of?.schoolDay));
  return <Form key={report ?? 'new'} place={`absence ${report ?? `new ${pupil ?? ''}`} ${first.version}`} pupils={pupils} first={first} before={before ?? null} held={held ?? null} />;
}

/** Whose guardian she is has not been told here yet: never “of nobody”. */
function Untold() {
  const { say } = useSpeech();
  const { reached } = useLine();
  return <Page title={say('absence.title')} back="/school" lead={<Age kept={null} />}>{reached && <Coming />}</Page>;
}

const blank = (pupil: string, day: string): Report => ({
  report: crypto.randomUUID(), version: 1, pupil, what: 'SICK', fromOn: day, toOn: day,
  time: '', reason: '', symptoms: [], note: '', pickUp: '', sentAt: '',
});
const corrected = ({ id, version, pupil, kind, fromOn, toOn, time, reason, symptoms, note, pickUp }: Absence): Report =>
  ({ report: id, version: version + 1, pupil, what: kind, fromOn, toOn, time, reason, symptoms, note, pickUp, sentAt: '' });

/** Of what was begun before: the child must still be hers, and a new report is of today at the earliest. */
function stillFits(kept: Partial<Report>, { report, version, pupil, fromOn, toOn }: Report, pupils: Pupil[], again: boolean): Partial<Report> {
  const isOver = !again && (kept.fromOn ?? '') < dayInTokyo();
  const days = isOver ? { fromOn, toOn: (kept.toOn ?? '') > toOn ? kept.toOn : toOn } : {};
  const child = pupils.some(({ id }) => id === kept.pupil) ? {} : { pupil };
  return { ...kept, ...days, ...child, report, version, sentAt: '' } as Partial<Report>;
}

type FormProps = { place: string; pupils: Pupil[]; first: Report; before: Absence | null; held: AbsenceItem | null };

function Form({ place, pupils, first, before, held }: FormProps) {
  const { say, pick } = useSpeech();
  const [wish, change, forget] = useBegun<Report>(place, first, { since: held?.wish.sentAt ?? null, fit: (kept) => stillFits(kept, first, pupils, before !== null) });
  const [wrong, tell] = useState<Key | null>(null);
  const [looking, look] = useState(false);
  const alert = useRef<HTMLParagraphElement>(null);
  const refused = held?.outcome.state === 'refused' ? held.outcome : null;
  const pupil = pupils.find(({ id }) => id === wish.pupil);
  const isLate = pupil !== undefined && wish.fromOn === dayInTokyo() && hourInTokyo() > pupil.cutOff;
  const check = (event: Event) => {
    event.preventDefault();
    const { reason, note, pickUp } = wish;
    const fault = numbersIn({ reason, note, pickUp }).length > 0 ? 'school.number' : wish.toOn < wish.fromOn ? 'absence.wrongDays' : hasHour(wish.what) && !wish.time ? 'absence.wrongTime' : null;
    tell(fault);
    if (fault) return requestAnimationFrame(() => alert.current?.focus());
    look(true);
  };
  const send = () => {
    const [time, toOn] = hasHour(wish.what) ? [wish.time, wish.fromOn] : ['', wish.toOn];
    const symptoms = wish.what === 'SICK' ? wish.symptoms : [];
    void reportAbsence({ ...wish, time, toOn, symptoms, sentAt: new Date().toISOString() }).then(forget).then(() => go('/school', 'replace'));
  };
  if (looking && pupil) {
    return <LookOver wish={wish} pupil={pupil} isLate={isLate} again={before !== null} send={send} back={() => look(false)} />;
  }
  return (
    <Page title={say(before ? 'absence.correct' : 'absence.title')} back="/school">
      {before?.reply && <p class="alert">{say('absence.reply', { school: pupil?.school ?? '', why: before.reply })}</p>}
      {refused && <p class="error" role="alert">{pick(refused.message)}</p>}
      {wrong && <p class="error" role="alert" tabIndex={-1} ref={alert}>{say(wrong)}</p>}
      <form noValidate onSubmit={check}>
        <Who pupils={pupils} wish={wish} change={change} fixed={before !== null} />
        {pupil && <p class="note" data-testid="cut-off">{say(isLate ? 'absence.late' : 'absence.cutOff', { time: pupil.cutOff })}</p>}
        <What wish={wish} change={change} />
        <Days wish={wish} change={change} />
        {wish.what === 'SICK' && <Symptoms wish={wish} change={change} />}
        <Words wish={wish} change={change} />
        <button class="button">{say('absence.look')}</button>
      </form>
    </Page>
  );
}

type PartProps = { wish: Report; change: Change };

function Who({ pupils, wish, change, fixed }: PartProps & { pupils: Pupil[]; fixed: boolean }) {
  const { say } = useSpeech();
  const there = fixed ? pupils.filter(({ id }) => id === wish.pupil) : pupils;
  if (there.length === 1) return <p><strong>{there[0]?.name}</strong> <span class="note">{there[0]?.school} {there[0]?.className}</span></p>;
  return (
    <fieldset class="field">
      <legend>{say('absence.who')}</legend>
      {there.map(({ id, name, school, className }) => (
        <label class="option" key={id}>
          <input type="radio" name="pupil" checked={wish.pupil === id} onChange={() => change({ pupil: id })} />
          <span>{name} <span class="note">{school} {className}</span></span>
        </label>
      ))}
    </fieldset>
  );
}

function What({ wish, change }: PartProps) {
  const { say } = useSpeech();
  return (
    <fieldset class="field">
      <legend>{say('absence.what')}</legend>
      {KINDS.map((kind) => (
        <label class="option" key={kind}>
          <input type="radio" name="what" checked={wish.what === kind} onChange={() => change({ what: kind })} />
          <span>{say(`absence.kind.${kind}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Days({ wish, change }: PartProps) {
  const { say } = useSpeech();
  const move = (fromOn: string) => change({ fromOn, toOn: wish.toOn < fromOn || wish.toOn === wish.fromOn ? fromOn : wish.toOn });
  return (
    <>
      <div class="field">
        <label for="absence-from">{say(hasHour(wish.what) ? 'absence.day' : 'absence.from')}</label>
        <input id="absence-from" type="date" value={wish.fromOn} onInput={(event) => move(event.currentTarget.value)} />
      </div>
      {hasHour(wish.what)
        ? (
          <div class="field">
            <label for="absence-time">{say(`absence.time.${wish.what === 'LATE' ? 'LATE' : 'EARLY'}`)}</label>
            <input id="absence-time" type="time" value={wish.time} onInput={(event) => change({ time: event.currentTarget.value, toOn: wish.fromOn })} />
          </div>
        )
        : (
          <div class="field">
            <label for="absence-to">{say('absence.to')}</label>
            <input id="absence-to" type="date" min={wish.fromOn} value={wish.toOn} onInput={(event) => change({ toOn: event.currentTarget.value })} />
          </div>
        )}
    </>
  );
}

function Symptoms({ wish, change }: PartProps) {
  const { say } = useSpeech();
  const flip = (one: string) => change({ symptoms: wish.symptoms.includes(one) ? wish.symptoms.filter((other) => other !== one) : [...wish.symptoms, one] });
  return (
    <fieldset class="field">
      <legend>{say('absence.symptoms')}</legend>
      <div class="ticks">
        {SYMPTOMS.map((one) => (
          <label class="option" key={one}>
            <input type="checkbox" checked={wish.symptoms.includes(one)} onChange={() => flip(one)} />
            <span>{say(`absence.symptom.${one}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const WORDS = ['reason', 'note', 'pickUp'] as const;

function Words({ wish, change }: PartProps) {
  const { say } = useSpeech();
  return (
    <>
      {WORDS.map((one) => (
        <div class="field" key={one}>
          <label for={`absence-${one}`}>{say(`absence.${one}`)}<span class="note">{say('absence.optional')}</span></label>
          <input
            id={`absence-${one}`} type="text" maxLength={300} autoComplete="off" value={wish[one]}
            onInput={(event) => change({ [one]: event.currentTarget.value })}
          />
        </div>
      ))}
    </>
  );
}
