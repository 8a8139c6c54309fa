import type { cases as keys } from './cases-easy.ts';

export const cases: Record<keyof typeof keys, string> = {
  'app.WAITING': 'Waiting for another person',
  'app.QUEUED': 'On its way to the ward',
  'app.RECEIVED': 'Received by the ward',
  'app.CHECKING': 'Being checked',
  'app.SENT_BACK': 'Sent back to you',
  'app.DECIDED': 'Completed',
  'app.REJECTED': 'Not approved',
  'app.WITHDRAWN': 'Withdrawn',
  'withdraw.open': 'Withdraw this application',
  'withdraw.sure': 'Withdraw “{title}”?',
  'withdraw.what': 'The ward will not look at it any more. You may apply again later; the last day stays the same.',
  'withdraw.told': 'If the ward has it already, it is told that you have withdrawn it.',
  'withdraw.do': 'Withdraw it',
  'withdraw.keep': 'Keep it',
  'withdraw.busy': 'Withdrawing',
  'withdraw.offline': 'There is no connection, so it was not withdrawn. Please try again when there is.',
};
