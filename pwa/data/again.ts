import type { OutboxItem } from '../device/outbox.ts';
import type { Paper } from '../device/papers.ts';
import { isSentBack } from './came-back.ts';
import { fieldsOf } from './form.ts';
import { sentAnew } from './papers.ts';
import type { Answers, Application, FieldError, Form, Step } from './shapes.ts';

export { cameBack, isSentBack, wardsNote } from './came-back.ts';

/** An application that comes back to her: what the ward said, and what she had written. */

/** The photographs that went with it, where they still lie here: they go anew. */
export function papersBefore(step: Step, outbox: readonly OutboxItem[]): Paper[] {
  const item = isSentBack(step) ? outbox.find((one) => one.id === step.application?.id) : undefined;
  return item?.wish.kind === 'submit' ? sentAnew(item.wish.papers ?? []) : [];
}

/** An application that came back, with what she had sent in it; `masked`: but for what waits for her proof. */
export type Returned = { application: Application; answers: Answers; masked: boolean };

const heldHere = (step: Step, outbox: readonly OutboxItem[]): OutboxItem | undefined =>
  outbox.find(({ id, wish }) => wish.kind === 'submit' && id === step.application?.id);

/** What she corrects was sent from elsewhere, or long ago: the house alone holds it. */
export const liesElsewhere = (step: Step, outbox: readonly OutboxItem[]): boolean => isSentBack(step) && !heldHere(step, outbox);

/** What she had sent, as this device or the house holds it and where the form still asks it; her consent is asked anew. */
export function sentBefore(step: Step, form: Form, outbox: readonly OutboxItem[], told: Returned | null): Answers {
  if (!isSentBack(step)) return {};
  const wish = heldHere(step, outbox)?.wish;
  const asked = fieldsOf(form).filter((field) => field.kind !== 'AGREEMENT').map((field) => field.id);
  const sent = wish?.kind === 'submit' ? wish.answers : told?.answers ?? {};
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
