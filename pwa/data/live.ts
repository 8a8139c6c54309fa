import { NoAnswer } from './no-answer.ts';

/** What home asks of the line. All that speaks to the server is fetched beside it: home is shown from the device first. */

type Live = typeof import('./at-the-line.ts');

/** Rejects with NoAnswer when it cannot be fetched. */
export const live = (): Promise<Live> => import('./at-the-line.ts').catch(() => { throw new NoAnswer('unreachable'); });

export const refreshHome: Live['refreshHome'] = async (how) => (await live()).refreshHome(how);
export const refreshInbox: Live['refreshInbox'] = async () => (await live()).refreshInbox();
export const refreshWho: Live['refreshWho'] = async () => (await live()).refreshWho();
export const refreshPayments: Live['refreshPayments'] = async () => (await live()).refreshPayments();
export const refreshSchools: Live['refreshSchools'] = async () => (await live()).refreshSchools();
export const drain: Live['drain'] = async (hurry) => (await live()).drain(hurry);
export const answer: Live['answer'] = async (step, question, value) => (await live()).answer(step, question, value);
export const changesSeen: Live['changesSeen'] = async () => (await live()).changesSeen();
export const chooseLanguage: Live['chooseLanguage'] = async (language, signedIn) => (await live()).chooseLanguage(language, signedIn);
export const readPushHealth: Live['readPushHealth'] = async (now) => (await live()).readPushHealth(now);
export const waitsForCode: Live['waitsForCode'] = async () => (await live()).waitsForCode();
