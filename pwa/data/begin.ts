import type { Draft } from '../device/drafts.ts';
import type { OutboxItem } from '../device/outbox.ts';
import { papersBefore, returnedIn, sentBefore, type Returned } from './again.ts';
import { asHers, withEarlier } from './earlier.ts';
import { carry, isHeldBack, isLetFill, isNewer, isUnmasked, prefilled, takeOut, unmask } from './form.ts';
import type { Application, Form, Step } from './shapes.ts';

/**
 * A new draft, filled with what is known and what came back to her, with the fields the ward sent back marked;
 * null: this step is not filed here.
 */
export function begin(
  step: Step, drafts: readonly Draft[], outbox: readonly OutboxItem[], applications: readonly Application[] = [],
  told: Returned | null = null,
): Draft | null {
  const { id } = step;
  if (!step.form) return null;
  const sent = sentBefore(step, step.form, outbox, told);
  const known = told ? [told.application, ...applications] : applications;
  const at = known.find((one) => one.id === step.application?.id)?.completedAt ?? null;
  const form = asHers(withEarlier(step.form, id, drafts, outbox), sent, at);
  const answers = { ...prefilled(form), ...sent };
  const refused = returnedIn(step, step.form, known);
  return { step: id, form, answers, savedAt: '', refused, changed: null, papers: papersBefore(step, outbox) };
}

/** The draft on the form as home has it now, heard of at `heardAt`; null: it is so already. */
export function renewed(kept: Draft, form: Form, heardAt: string): Draft | null {
  if (isHeldBack(form, kept)) return takeOut(kept, form);
  if (isUnmasked(form, kept) || isLetFill(form, kept)) return unmask(kept, form);
  return isNewer(form, heardAt, kept) ? carry(kept, form) : null;
}
