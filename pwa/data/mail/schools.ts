import type { OutboxItem } from '../../device/outbox.ts';
import type { Notice, Pupil, SchoolNotice, Schools } from '../shapes.ts';
import { askedOf } from './letter.ts';

/** The inbox by what its schools know: answered is what is answered for each child, by her, by the other home where one is
 * enough, or by what still waits here; a report that came back is done when it went out anew; and a grandparent, who only sees,
 * has nothing to answer. */
export function asSchoolsSay(notices: readonly Notice[], schools: Schools | null, outbox: readonly OutboxItem[]): Notice[] {
  if (schools === null) return [...notices];
  const pupils = new Map(schools.pupils.map((one) => [one.id, one]));
  return notices.map((notice) => {
    if (isMended(notice, schools, outbox)) return { ...notice, confirmedAt: notice.confirmedAt ?? notice.sentAt };
    const those = askedOf(notice) ? schools.notices.filter((one) => one.notice === notice.id) : [];
    return those.length === 0 ? notice : withAnswers(notice, those, pupils, outbox);
  });
}

function withAnswers(notice: Notice, those: SchoolNotice[], pupils: Map<string, Pupil>, outbox: readonly OutboxItem[]): Notice {
  const hers = those.filter(({ pupil }) => pupils.get(pupil)?.mayAnswer === true);
  if (hers.length === 0) return { ...notice, asks: null, kind: 'INFORMATION' };
  const isDone = hers.every((one) => one.mine !== null || one.waiting !== null || (one.byOther && one.oneIsEnough) || waits(one, outbox));
  if (isDone) return { ...notice, answeredAt: notice.answeredAt ?? notice.sentAt };
  return hers.length > 1 ? { ...notice, answeredAt: null } : notice; // answered before the second child was hers here
}

/** It told of a report the school sent back, which is corrected or taken back since. */
function isMended({ about, kind }: Notice, schools: Schools, outbox: readonly OutboxItem[]): boolean {
  const report = kind === 'ACTION' ? /^\/school\/absence\?id=([0-9a-f-]+)$/.exec(about ?? '')?.[1] : undefined;
  if (report === undefined) return false;
  const now = schools.pupils.flatMap(({ absences }) => absences).find(({ id }) => id === report);
  return isOnItsWay(report, outbox) || (now !== undefined && now.state !== 'SENT_BACK');
}

/** A report of hers that waits here to go out: new, corrected or taken back. */
export const isOnItsWay = (report: string, outbox: readonly OutboxItem[]): boolean =>
  outbox.some(({ wish, outcome }) => wish.kind === 'absence' && wish.report === report && outcome.state !== 'refused');

const waits = ({ notice, pupil }: SchoolNotice, outbox: readonly OutboxItem[]): boolean => outbox.some(({ wish, outcome }) =>
  wish.kind === 'noticeAnswer' && wish.notice === notice && wish.pupil === pupil && outcome.state !== 'refused');
