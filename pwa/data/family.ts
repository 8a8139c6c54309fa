import { NoAnswer } from './ask.ts';
import type { Text } from './shapes.ts';
import { proveFirst } from './step-up.ts';

/** What of another, or about a mandate, is asked each time it is shown and never kept on the device. */

/** null: nothing asked yet. trouble: why it could not be had, in words, or the line's own silence. */
export type Asked<T> = { value: T | null; trouble: Text | 'offline' | 'failed' | 'step up' | Wait | null };
/** Milliseconds until it may be tried again. */
export type Wait = { wait: number };

type Refusal = { __typename: string; message: Text; cardOnly?: boolean; fields?: readonly { message: Text }[] };

/** What each entry wants, where entries are refused: the general word alone would leave her searching. */
export function wordsOf({ message, fields = [] }: Pick<Refusal, 'message' | 'fields'>): Text {
  const all = fields.length > 0 ? fields.map((one) => one.message) : [message];
  const said = (language: 'ja' | 'easy' | 'en') => [...new Set(all.map((one) => one[language]))].join(language === 'en' ? ' ' : '');
  return { ja: said('ja'), easy: said('easy'), en: said('en') };
}

/** The value when `typename` came back, after she has proved who she is where that is wanted; else why not. */
export async function had<T extends { __typename: string }, N extends T['__typename']>(
  asked: () => Promise<T | null | undefined>, typename: N,
): Promise<Asked<Extract<T, { __typename: N }>>> {
  try {
    const reply = await asked();
    if (!reply) return { value: null, trouble: 'step up' };
    if (reply.__typename === typename) return { value: reply as Extract<T, { __typename: N }>, trouble: null };
    const refusal = reply as unknown as Refusal;
    if (refusal.__typename !== 'StepUpNeeded') return { value: null, trouble: wordsOf(refusal) };
    const proved = await proveFirst({ cardOnly: refusal.cardOnly ?? false, to: location.pathname });
    return proved ? await had(asked, typename) : { value: null, trouble: 'step up' };
  } catch (cause) {
    if (!(cause instanceof NoAnswer)) throw cause;
    if (cause.silence === 'unreachable') return { value: null, trouble: 'offline' };
    return { value: null, trouble: cause.retryAfter === null ? 'failed' : { wait: cause.retryAfter } };
  }
}

/** Whether it is the line or the server that does not answer, rather than a refusal. */
export const isSilence = (trouble: Asked<unknown>['trouble']): trouble is 'offline' | 'failed' | Wait =>
  trouble === 'offline' || trouble === 'failed' || (typeof trouble === 'object' && trouble !== null && 'wait' in trouble);

/** The days that an input takes: from tomorrow to so many days ahead, as YYYY-MM-DD. */
export function daysAhead(longest: number, now = new Date()): { min: string; max: string; usual: string } {
  const day = (ahead: number) => {
    const on = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead);
    return [on.getFullYear(), on.getMonth() + 1, on.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  };
  return { min: day(1), max: day(longest), usual: day(Math.min(longest, 90)) };
}
