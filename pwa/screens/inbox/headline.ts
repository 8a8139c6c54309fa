import { concerned, givenName, lastDayOf, nearness, wantOf, type Child } from '../../data/mail/letter.ts';
import type { Language, Notice } from '../../data/shapes.ts';
import { dayAt, monthAndDay } from '../../text/dates.ts';
import type { Speech } from '../device-state.tsx';

type Say = Speech['say'];
type Speaking = Pick<Speech, 'say' | 'language'>;

/** 「はなさん・10/3まで・同意が必要」: for whom, by when, what to do. Empty: there is nothing of it to be said. */
export function headline(notice: Notice, children: readonly Child[], { say, language }: Speaking, now = new Date()): string {
  const parts = [whom(notice, children, say), byWhen(notice, say, language, now), want(notice, say)];
  return parts.filter((part) => part !== '').join(language === 'en' ? ' · ' : '・');
}

function whom(notice: Notice, children: readonly Child[], say: Say): string {
  const names = concerned(notice, children).map(({ name }) => say('mail.of', { name: givenName(name) }));
  return names.length > 2 ? say('mail.ofMany', { n: names.length }) : names.join(say('mail.and'));
}

function byWhen(notice: Notice, say: Say, language: Language, now: Date): string {
  const near = nearness(notice, dayAt(now));
  const last = lastDayOf(notice);
  if (near === null || last === null) return '';
  if (near === 'today') return say('mail.byToday');
  if (near === 'tomorrow') return say('mail.byTomorrow');
  return say(near === 'past' ? 'mail.past' : 'mail.by', { day: monthAndDay(last, language) });
}

function want(notice: Notice, say: Say): string {
  const wanted = wantOf(notice);
  return wanted === null ? '' : say(`mail.want.${wanted}`);
}
