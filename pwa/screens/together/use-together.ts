import { useEffect, useMemo, useState } from 'preact/hooks';
import { begin, renewed } from '../../data/begin.ts';
import { stepsOfEvent } from '../../data/events.ts';
import { withAnswers, tidy } from '../../data/form.ts';
import type { Json } from '../../data/graphql.ts';
import type { FieldError, Home } from '../../data/shapes.ts';
import { faults, merged, shared, writtenBy, valueOf, type Asked } from '../../data/together.ts';
import { saveDraft, writeAnswers, type Draft } from '../../device/drafts.ts';
import { isUnsent } from '../../device/outbox.ts';
import type { Kept } from '../../device/snapshot.ts';
import { useDevice } from '../device-state.tsx';

/** All that is asked about one life event: what is filed here, what she tells of it, and what stands otherwise. */
export function useTogether(event: string, home: Kept<Home>) {
  const { snapshot, drafts, outbox } = useDevice();
  const [typed, setTyped] = useState<ReadonlyMap<string, Json>>(new Map());
  const [failed, setFailed] = useState(false);
  const left = snapshot.together?.value.events[event]?.left ?? [];
  const waiting = outbox.flatMap((item) => (item.wish.kind === 'submit' && isUnsent(item) ? [item.wish.step] : []));
  const steps = stepsOfEvent(home.value, event).filter((step) => !waiting.includes(step.id));
  const here = steps.filter((step) => step.form);
  const chosen = here.filter((step) => !left.includes(step.id));
  const ids = chosen.map((step) => step.id).join(' ');
  const begun = useMemo(() => {
    const others = drafts.filter((draft) => !chosen.some((step) => step.id === draft.step));
    return chosen.flatMap((step) => drafts.find((draft) => draft.step === step.id) ?? begin(step, others, outbox) ?? []);
  }, [drafts, outbox, ids, home.at]);
  useEffect(() => {
    for (const draft of begun) {
      const form = draft.savedAt === '' ? null : chosen.find((step) => step.id === draft.step)?.form;
      const newer = form ? renewed(draft, form, home.at) : null;
      if (newer) void saveDraft(newer);
    }
  }, [begun]);
  const all = useMemo(() => merged(begun), [begun]);
  const parts = useMemo(() => withTyped(shared(begun, all), all, typed), [begun, all, typed]);
  const errors = useMemo(() => faults(all, parts), [all, parts]);
  const change = (asked: Asked, value: Json) => {
    setTyped((was) => new Map(was).set(asked.field.id, value));
    const written = [...writtenBy(asked, value)].map(([step, answers]) => {
      const draft = begun.find((one) => one.step === step);
      return draft ? writeAnswers(draft, answers) : null;
    });
    Promise.all(written).then(() => setFailed(false), () => setFailed(true));
  };
  const leave = (asked: Asked) => {
    const value = valueOf(asked, parts);
    if (value !== undefined && tidy(asked.field, value) !== value) change(asked, tidy(asked.field, value));
  };
  const savedAt = parts.map((draft) => draft.savedAt).sort().at(-1) ?? '';
  return { steps, here, left, parts, all, errors, change, leave, savedAt, failed };
}
export type Conversing = ReturnType<typeof useTogether>;

/** What stands on the screen and may not be kept, or is not kept yet, counts too. */
function withTyped(drafts: readonly Draft[], all: readonly Asked[], typed: ReadonlyMap<string, Json>): Draft[] {
  return drafts.map((draft) => {
    const own = all.flatMap((asked) => {
      const value = typed.get(asked.field.id);
      return value === undefined ? [] : [...writtenBy(asked, value)].filter(([step]) => step === draft.step).map(([, answers]) => answers);
    });
    const answers = Object.assign({}, ...own) as Draft['answers'];
    return own.length === 0 ? draft : { ...withAnswers(draft, answers), answers: { ...draft.answers, ...answers } };
  });
}

export const errorFor = (asked: Asked, errors: ReadonlyMap<string, FieldError>): FieldError | null =>
  errors.get(asked.field.id) ?? null;
