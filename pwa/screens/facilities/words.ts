import { isOpen, vacancy, type Found } from '../../data/facility-choice.ts';
import { BARRIER_FREE, DISASTERS, LANGUAGES, namesOf, type Facility } from '../../data/facilities.ts';
import type { Key } from '../../text/speak.ts';
import { comma, dot } from '../../text/lists.ts';
import type { Speech } from '../device-state.tsx';

type Say = Pick<Speech, 'say'>;

/** 800 m, 1.2 km. */
export function distance(km: number | null, { say }: Say): string | null {
  if (km === null) return null;
  return km < 1 ? say('facilities.metres', { n: Math.max(50, Math.round((km * 1000) / 50) * 50) }) : say('facilities.km', { n: km.toFixed(1) });
}

export function openWords(facility: Facility, { say }: Say): string | null {
  const open = isOpen(facility);
  return open === null ? null : say(open ? 'facilities.open' : 'facilities.closed');
}

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const;

export function hours({ days, opens, closes }: Facility, { say, language }: Speech): string | null {
  const which = DAYS.filter((_, place) => days & (1 << place)).map((day) => say(`facilities.day.${day}`)).join(dot(language));
  const times = opens && closes ? `${opens}–${closes}` : '';
  return [which, times].filter(Boolean).join(' ') || null;
}

export function ages({ ageFrom, ageTo }: Facility, { say }: Say): string | null {
  if (ageFrom === null && ageTo === null) return null;
  const age = (months: number) => (months < 12 ? say('facilities.months', { n: months }) : say('facilities.years', { n: Math.floor(months / 12) }));
  return say('facilities.fromTo', { from: age(ageFrom ?? 0), to: ageTo === null ? '' : age(ageTo) });
}

export function vacancies(facility: Facility, { say, language }: Speech): string | null {
  const told = facility.vacancies.flatMap((one, years) => (one === null ? [] : [say('facilities.free', { age: years, n: one })]));
  return told.length ? told.join(comma(language)) : null;
}

export function vacantWords({ facility }: Found, age: number | null, { say }: Say): string | null {
  const free = vacancy(facility, age);
  return free === null ? null : free > 0 ? say('facilities.vacant', { n: free }) : say('facilities.full');
}

const joined = (kind: string, names: readonly string[], { say, language }: Speech): string | null =>
  names.map((name) => say(`facilities.${kind}.${name}` as Key)).join(dot(language)) || null;

export const barrierFreeWords = (facility: Facility, speech: Speech) => joined('barrier', namesOf(BARRIER_FREE, facility.barrierFree), speech);
export const languageWords = (facility: Facility, speech: Speech) => joined('language', namesOf(LANGUAGES, facility.languages), speech);
export const disasterWords = (facility: Facility, speech: Speech) => joined('disaster', namesOf(DISASTERS, facility.disasters), speech);
