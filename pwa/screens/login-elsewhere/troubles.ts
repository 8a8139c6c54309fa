import type { Key } from '../../text/speak.ts';

/** What is said for each code of a refused login; for one that is not here, `login.failed`. */
export const TROUBLES: Record<string, Key> = {
  cancelled: 'login.cancelled', failed: 'login.failed', expired: 'login.expired', locked: 'login.locked',
  card_ended: 'login.cardEnded',
  unavailable: 'login.unavailable', untrusted: 'login.untrusted', unknown: 'login.unknown', closed: 'login.closed',
  other_person: 'login.otherPerson', signed_out: 'login.signedOut', too_many: 'login.tooMany',
  code_wrong: 'login.codeWrong', code_spent: 'login.codeSpent', code_late: 'login.codeLate', offline: 'login.codeOffline',
};

export const inWords = (code: string): Key => TROUBLES[code] ?? 'login.failed';
