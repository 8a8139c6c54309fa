import type { OutboxItem } from '../device/outbox.ts';
import type { Paper } from '../device/papers.ts';
import { fieldsOf } from './form.ts';
import { sentAnew } from './papers.ts';
import type { Answers, Application, FieldError, Form, Step } from './shapes.ts';

/** An application that comes back to her: what the ward said, and what she had written. */

/** Still to be done by her, though the newest application for it was refused or wants correcting. */
export const cameBack = (step: Step): NonNullable<Step['application']> | null => {
  const application = step.state === 'SENT' || step.state === 'DONE' ? null : step.application;
  return application?.state === 'SENT_BACK' || application?.state === 'REJECTED' ? application : null;
};

export const isSentBack = (step: Step): boolean => cameBack(step)?.state === 'SENT_BACK';

/** What the ward wrote with its newest word; null: nothing. */
export const wardsNote = ({ history }: NonNullable<Step['application']>): string | null => history.at(-1)?.note ?? null;

/** The photographs that went with it, where they still lie here: they go anew. */
export function papersBefore(step: Step, outbox: readonly OutboxItem[]): Paper[] {
  const item = isSentBack(step) ? outbox.find((one) => one.id === step.application?.id) : undefined;
  return item?.wish.kind === 'submit' ? sentAnew(item.wish.papers ?? []) : [];
}

/** What she had sent, where this device still holds it and the form still asks it; her consent is asked anew. */
export function sentBefore(step: Step, form: Form, outbox: readonly OutboxItem[]): Answers {
  if (!isSentBack(step)) return {};
  const item = outbox.find((one) => one.id === step.application?.id);
  const asked = fieldsOf(form).filter((field) => field.kind !== 'AGREEMENT').map((field) => field.id);
  const sent = item?.wish.kind === 'submit' ? item.wish.answers : {};
  return Object.fromEntries(Object.entries(sent).filter(([id]) => asked.includes(id)));
}

/** The fields that the ward wants corrected, each with its reason, where the form still asks them. */
export function returnedIn(step: Step, form: Form, applications: readonly Application[]): FieldError[] {
  if (!isSentBack(step)) return [];
  const sent = applications.find((one) => one.id === step.application?.id);
  const asked = fieldsOf(form).map((field) => field.id);
  // A copy from before the ward could name fields has none.
  const returned = (sent?.standing as Application['standing'] | undefined)?.returned ?? [];
  return returned.filter(({ field }) => asked.includes(field)).map(({ field, why }) => ({ field, code: 'returned', message: why }));
}
