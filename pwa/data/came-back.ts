import type { Step } from './shapes.ts';

/** Still to be done by her, though the newest application for it was refused or wants correcting. */
export const cameBack = (step: Step): NonNullable<Step['application']> | null => {
  const application = step.state === 'SENT' || step.state === 'DONE' ? null : step.application;
  return application?.state === 'SENT_BACK' || application?.state === 'REJECTED' ? application : null;
};

export const isSentBack = (step: Step): boolean => cameBack(step)?.state === 'SENT_BACK';

/** What the ward wrote with its newest word; null: nothing. */
export const wardsNote = ({ history }: NonNullable<Step['application']>): string | null => history.at(-1)?.note ?? null;
