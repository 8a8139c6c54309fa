import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { AllowPupilHelper, ChoosePaper, LeavePupil } from '../../data/documents.ts';
import { had, type Asked } from '../../data/family.ts';
import { isOnItsWay } from '../../data/mail/schools.ts';
import { isOpen, refreshSchools, waitingAbsences, withdrawAbsence, type AbsenceItem } from '../../data/school.ts';
import { dropItem } from '../../device/outbox.ts';
import { quietly } from '../../data/refresh.ts';
import type { Absence, Pupil, SchoolNotice } from '../../data/shapes.ts';
import { dayAt, longDay, moment, shortDay } from '../../text/dates.ts';
import { ranged } from '../../text/lists.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Trouble } from '../family/asking.tsx';
import { leaveAt } from '../inbox/place.ts';
import { Age } from '../parts/age.tsx';
import { Gone } from '../parts/gone.tsx';
import { OutboxBadge } from '../parts/outbox-state.tsx';
import { Page } from '../parts/page.tsx';
import type { Place } from '../router.ts';
import { AbsenceScreen } from './absence.tsx';
import { JoinPupilScreen } from './join.tsx';
import { Empty } from '../parts/states.tsx';

/** Children at schools and nurseries: what is hers to answer, absences, paper, and who else sees. */
export function SchoolRoom({ id, query }: { id: string | null; query: Place['query'] }) {
  if (id === 'absence') return <AbsenceScreen key={query.get('id') ?? 'new'} pupil={query.get('pupil')} report={query.get('id')} />;
  if (id === 'join') return <JoinPupilScreen />;
  return id === null ? <All /> : <Gone text="notFound" />;
}

function All() {
  const { say } = useSpeech();
  const { schools } = useDevice().snapshot;
  useEffect(() => quietly(refreshSchools()), []);
  useEffect(() => leaveAt('/school'), []);
  const pupils = schools?.value.pupils ?? [];
  return (
    <Page title={say('school.title')} back="/" lead={<Age kept={schools} />}>
      {schools !== null && pupils.length === 0 && <Empty>{say('school.none')}<br /><span class="note">{say('school.noneHelp')}</span></Empty>}
      {pupils.some(({ mayAnswer }) => mayAnswer) && <p><a class="button" href="/school/absence">{say('absence.title')}</a></p>}
      <ul class="cards">{pupils.map((pupil) => <PupilCard key={pupil.id} pupil={pupil} notices={schools?.value.notices ?? []} />)}</ul>
      <p class="lone-link"><a href="/school/join">{say('school.join')}</a></p>
    </Page>
  );
}

function PupilCard({ pupil, notices }: { pupil: Pupil; notices: SchoolNotice[] }) {
  const { say, pick, language } = useSpeech();
  const { outbox } = useDevice();
  const open = notices.filter((one) => one.pupil === pupil.id && isOpen(one, pupil.mayAnswer));
  const waiting = waitingAbsences(outbox, pupil.id);
  return (
    <li class="step-card" data-testid="pupil">
      <h2>{pupil.name}</h2>
      <p class="note">{pupil.school}　{pupil.className}　{say('school.guardians', { n: pupil.guardians })}</p>
      {open.length > 0 && (
        <ul class="links">
          {open.map((one) => (
            <li key={one.notice}><a href={`/inbox/${one.notice}`}>{pick(one.title)}</a> {one.until !== null && <span class="due">{say('school.by', { day: shortDay(dayAt(new Date(one.until)), language) })}</span>}</li>
          ))}
        </ul>
      )}
      {open.length === 0 && <p>{say('school.nothingOpen')}</p>}
      {waiting.map((item) => <Waiting key={item.id} item={item} />)}
      <ul class="absences">{pupil.absences.slice(0, 5).map((one) => <AbsenceLine key={one.id} absence={one} />)}</ul>
      {pupil.mayAnswer && <ul class="links"><li><a href={`/school/absence?pupil=${pupil.id}`}>{say('absence.of', { name: pupil.name })}</a></li></ul>}
      <More pupil={pupil} />
    </li>
  );
}

function Waiting({ item }: { item: AbsenceItem }) {
  const { say, pick, language } = useSpeech();
  const { wish, outcome } = item;
  return (
    <div data-testid="absence-waiting">
      <p class="badges"><OutboxBadge item={item} /></p>
      <p>{wish.withdrawn && <strong>{say('absence.withdrawing')}　</strong>}{say(`absence.kind.${wish.what}`)}　{longDay(wish.fromOn, language)}</p>
      {outcome.state === 'refused' && <p class="error">{pick(outcome.message)} {!wish.withdrawn && <a href={`/school/absence?id=${wish.report}`}>{say('absence.fix')}</a>}</p>}
      {outcome.state !== 'sending' && <p><button type="button" class="button" data-kind="quiet" onClick={() => void dropItem(item.id)}>{say('absence.drop')}</button></p>}
    </div>
  );
}

const BADGES: Record<Absence['state'], string> = { SENT: 'ASK', LOOKING: 'OPEN', ACCEPTED: 'DONE', SENT_BACK: 'DUE', WITHDRAWN: 'UNHEARD' };

function AbsenceLine({ absence }: { absence: Absence }) {
  const { say, language } = useSpeech();
  const { outbox } = useDevice();
  const { kind, state, fromOn, toOn, time, version, isLate, isMine, reply, id, sentAt } = absence;
  return (
    <li data-testid="absence" data-state={state}>
      <p class="badges"><span class="badge" data-state={BADGES[state]}>{say(`absence.state.${state}`)}</span></p>
      <p>{say(`absence.kind.${kind}`)} {time}　{ranged([longDay(fromOn, language), toOn !== fromOn ? shortDay(toOn, language) : null], language)}</p>
      <p class="note">
        {say('absence.sentAt', { time: moment(sentAt, language) })}
        {isLate && `　${say('absence.cameLate')}`}{version > 1 && `　${say('absence.version', { n: version - 1 })}`}{!isMine && `　${say('absence.other')}`}
      </p>
      {reply !== null && <p class="alert">{say('absence.why', { why: reply })}</p>}
      {isMine && state !== 'WITHDRAWN' && <p><a href={`/school/absence?id=${id}`}>{say('absence.correct')}</a></p>}
      {isMine && state !== 'WITHDRAWN' && !isOnItsWay(id, outbox) && <Withdraw absence={absence} />}
    </li>
  );
}

/** Asked once more, since a teacher counts on it; like every report it goes out when the line allows. */
function Withdraw({ absence }: { absence: Absence }) {
  const { say } = useSpeech();
  return (
    <details class="more">
      <summary>{say('absence.withdraw')}</summary>
      <p class="note">{say('absence.withdrawHelp')}</p>
      <button type="button" class="button" data-kind="outline" onClick={() => void withdrawAbsence(absence)}>{say('absence.withdrawYes')}</button>
    </details>
  );
}

/** Paper, and who else sees: changed with the house at once, since others rely on it. */
function More({ pupil }: { pupil: Pupil }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const [code, setCode] = useState<string | null>(null);
  const told = async <T,>(asked: Promise<Asked<T>>): Promise<T | null> => {
    const { value, trouble: why } = await asked;
    setTrouble(why);
    if (value) await refreshSchools().catch(() => undefined);
    return value;
  };
  const paper = () => told(had(async () => (await ask(ChoosePaper, { pupil: pupil.id, paper: !pupil.paper })).choosePaper, 'Pupil'));
  const allow = async () => {
    const made = await told(had(async () => (await ask(AllowPupilHelper, { pupil: pupil.id })).allowPupilHelper, 'PupilCode'));
    if (made) setCode(made.code);
  };
  const leave = (helper: string | null) => told(had(async () => (await ask(LeavePupil, { pupil: pupil.id, helper })).leavePupil, 'PupilGone'));
  if (!pupil.mayAnswer) {
    return (
      <>
        <p class="note">{say('school.helper')}</p>
        <details class="more">
          <summary>{say('school.leave')}</summary>
          <p class="note">{say('school.leaveHelp', { name: pupil.name })}</p>
          <button type="button" class="button" data-kind="outline" disabled={!reached} onClick={() => void leave(null)}>{say('school.leaveYes')}</button>
          <Trouble trouble={trouble} to="/school" />
        </details>
      </>
    );
  }
  return (
    <details class="more">
      <summary>{say('school.settings')}</summary>
      <label class="option">
        <input type="checkbox" checked={pupil.paper} disabled={!reached} onChange={() => void paper()} />
        <span>{say('school.paper')}<span class="note">{say('school.paperHelp')}</span></span>
      </label>
      <h3>{say('school.helpers')}</h3>
      <p class="note">{say('school.helpersHelp')}</p>
      <ul class="links">
        {pupil.helpers.map((one) => (
          <li key={one.id}>{one.name} <button type="button" class="button" data-kind="quiet" disabled={!reached} onClick={() => void leave(one.id)}>{say('school.helperEnd')}</button></li>
        ))}
      </ul>
      {code && <p role="status" class="link-text">{`${location.origin}/school/join#${code}`}</p>}
      <button type="button" class="button" data-kind="outline" disabled={!reached} onClick={() => void allow()}>{say('school.allow')}</button>
      <Trouble trouble={trouble} to="/school" />
    </details>
  );
}
