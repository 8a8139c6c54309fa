/** What speaks to the server, in one piece, which is fetched when home is shown (live.ts). */
export { watchLock } from '../device/lock.ts';
export { readPushHealth } from '../device/push-health.ts';
export { waitsForCode } from './handed-over.ts';
export { keepFresh } from './keep-fresh.ts';
export { refreshPayments } from './payments.ts';
export { refreshHome, refreshInbox, refreshWho } from './refresh.ts';
export { refreshSchools } from './school.ts';
export { drain, isSending } from './send.ts';
export { answer, changesSeen, chooseLanguage } from './wishes.ts';
