import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { begin, renewed } from '../../data/begin.ts';
import { isSame } from '../../data/earlier.ts';
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
  const { save, failed, isSaving } = useSaving(begun);
  useEffect(() => {
    // What is kept is the draft's from now on, so that another window's word is seen here too; what is newer stays.
    if (isSaving) return;
    const inDraft = new Map(all.map((asked) => [asked.field.id, valueOf(asked, begun) ?? null]));
    setTyped((was) => {
      const newer = [...was].filter(([id, value]) => !isSame(inDraft.get(id), value));
      return newer.length === was.size ? was : new Map(newer);
    });
  }, [begun, isSaving]);
  const change = (asked: Asked, value: Json) => {
    setTyped((was) => new Map(was).set(asked.field.id, value));
    save(writtenBy(asked, value));
  };
  const leave = (asked: Asked) => {
    const value = valueOf(asked, parts);
    if (value !== undefined && tidy(asked.field, value) !== value) change(asked, tidy(asked.field, value));
  };
  const savedAt = parts.map((draft) => draft.savedAt).sort().at(-1) ?? '';
  return { steps, here, left, parts, all, errors, change, leave, savedAt, failed, isSaving };
}
export type Conversing = ReturnType<typeof useTogether>;

/** Writes what she tells into every draft it belongs to; while one writing lasts, the next gather behind it. */
function useSaving(begun: readonly Draft[]) {
  const newest = useRef(begun);
  newest.current = begun;
  const written = useRef(new Map<string, Draft['answers']>());
  const waiting = useRef(new Map<string, Draft['answers']>());
  const [failed, setFailed] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const busy = useRef(false);
  const write = (step: string, answers: Draft['answers']) => {
    const draft = newest.current.find((one) => one.step === step);
    if (!draft) return null;
    const before = { ...draft.answers, ...written.current.get(step) };
    const seen = Object.fromEntries(Object.keys(answers).map((id) => [id, before[id] ?? null]));
    written.current.set(step, { ...written.current.get(step), ...answers });
    return writeAnswers(draft, answers, seen);
  };
  const flush = async () => {
    busy.current = true;
    setSaving(true);
    try {
      while (waiting.current.size > 0) {
        const now = [...waiting.current];
        waiting.current = new Map();
        await Promise.all(now.map(([step, answers]) => write(step, answers)));
      }
      setFailed(false);
    } catch {
      setFailed(true);
    } finally {
      busy.current = false;
      setSaving(false);
    }
  };
  const save = (told: ReadonlyMap<string, Draft['answers']>) => {
    for (const [step, answers] of told) waiting.current.set(step, { ...waiting.current.get(step), ...answers });
    if (!busy.current) void flush();
  };
  return { save, failed, isSaving };
}

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
