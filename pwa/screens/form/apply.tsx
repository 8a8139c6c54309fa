import { useEffect, useRef, useState } from 'preact/hooks';
import { isSentBack, liesElsewhere, wardsNote, type Returned } from '../../data/again.ts';
import { begin, renewed } from '../../data/begin.ts';
import { isAllKnown } from '../../data/earlier.ts';
import { fieldsOf, heldBackOf } from '../../data/form.ts';
import type { Asked } from '../../data/family.ts';
import { refreshHome } from '../../data/refresh.ts';
import { askSent } from '../../data/returned.ts';
import type { Step } from '../../data/shapes.ts';
import { deleteDraft, saveDraft, type Draft } from '../../device/drafts.ts';
import { comma } from '../../text/lists.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Trouble, useAsked } from '../family/asking.tsx';
import { Gone } from '../parts/gone.tsx';
import { Masked } from '../parts/masked.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { isFilling } from '../parts/pressing.ts';
import { useSourceName } from '../parts/source-name.ts';
import { stepPath } from '../parts/step-marks.tsx';
import { Unheard } from '../parts/unheard.tsx';
import { UndoBar } from '../parts/undo-bar.tsx';
import { findStep } from '../step.tsx';
import { FormChangedNote } from './changed.tsx';
import { ConflictNote } from './conflict.tsx';
import { Review } from './review.tsx';
import { Write } from './write.tsx';

/** An application: written on one page, read over on the next, then sent. */
export function ApplyScreen({ id, review, write }: { id: string; review: boolean; write: boolean }) {
  const { snapshot, drafts, outbox } = useDevice();
  const { pick, say } = useSpeech();
  const [deleted, setDeleted] = useState<Draft | null>(null);
  const step = findStep(snapshot.home, id);
  const kept = drafts.find((one) => one.step === id);
  useEffect(() => {
    const newer = kept && step?.form ? renewed(kept, step.form, snapshot.home?.at ?? '') : null;
    if (newer) void saveDraft(newer);
  }, [kept, step?.form]);
  const returned = useReturned(step, step !== undefined && liesElsewhere(step, outbox));
  const told = returned.value;
  const draft = kept ?? (step ? begin(step, drafts, outbox, snapshot.applications?.value ?? [], told) : null);
  if (!kept && step && draft && returned.isAwaited) return <Awaited step={step} trouble={returned.trouble} again={returned.again} />;
  if (!draft && step) return <FiledOtherwise step={step} />;
  if (!draft) return snapshot.home && !isFilling(snapshot.home.value) ? <Gone text="step.gone" /> : <Unheard />;
  const path = `/apply/${encodeURIComponent(id)}`;
  const heldBack = heldBackOf(draft.form);
  const isMasked = fieldsOf(draft.form).some((field) => field.masked) || (told?.masked ?? false);
  const isReturned = !kept && draft.refused.length > 0;
  const isRead = review || (!write && !isReturned && isAllKnown(draft.form, draft.answers));
  const due = step?.due ?? null;
  const remove = (written: Draft) => void deleteDraft(id).then(() => setDeleted(written));
  return (
    <Page
      key={String(isRead)} title={isRead ? say('form.reviewTitle') : pick(draft.form.title)}
      back={review ? `${path}?write` : `/step/${encodeURIComponent(id)}`}
    >
      {deleted && <Deleted onUndo={() => void saveDraft(deleted).then(() => setDeleted(null))} />}
      {isMasked && <Masked to={path} again={() => refreshHome('when old').then(returned.again)} />}
      {step && !isRead && <WardsNote step={step} photographs={papersElsewhere(told, draft)} isNamed={draft.refused.length > 0} />}
      {heldBack.length > 0 && <HeldBack sources={heldBack} />}
      {draft.changed && <FormChangedNote changed={draft.changed} form={draft.form} />}
      <ConflictNote draft={draft} />
      {isRead
        ? <Review draft={draft} due={due} />
        : <Write key={`${draft.form.version} ${deleted?.savedAt} ${isMasked} ${heldBack}`} first={draft} refused={draft.refused} due={due} onDelete={remove} />}
    </Page>
  );
}

/** What she had sent, from the house; awaited until it is told, since she shall not type it a second time. */
function useReturned(step: Step | undefined, isElsewhere: boolean) {
  const id = isElsewhere ? step?.application?.id ?? null : null;
  const isHidden = !!step?.form && fieldsOf(step.form).some((field) => field.masked);
  const asked = useAsked<Returned>(async () => (id === null ? NOTHING : askSent(id)), `${id} ${isHidden}`);
  const value = asked.value?.application.id === id ? asked.value : null;
  return { ...asked, value, isAwaited: id !== null && value === null };
}

const NOTHING = { value: null, trouble: null } as const;
const papersElsewhere = (told: Returned | null, draft: Draft): boolean =>
  (told?.application.attachments.length ?? 0) > 0 && !draft.papers?.length;

function Awaited({ step, trouble, again }: { step: Step; trouble: Asked<Returned>['trouble']; again: () => void }) {
  const { say, pick } = useSpeech();
  if (trouble === null) return <Loading />;
  return (
    <Page title={pick(step.name)} back={stepPath(step)}>
      <p>{say('again.unheard')}</p>
      <Trouble trouble={trouble} again={again} to={`/apply/${encodeURIComponent(step.id)}`} />
    </Page>
  );
}

/** Why it came back, in the ward's own words, unless each field says so; and what of it does not lie here. */
function WardsNote({ step, photographs, isNamed }: { step: Step; photographs: boolean; isNamed: boolean }) {
  const { say } = useSpeech();
  if (!isSentBack(step) || !step.application) return null;
  const note = isNamed ? null : wardsNote(step.application);
  return (
    <div class="strip" data-testid="sent-again">
      {note !== null && <p><strong>{say('again.why')}</strong><br /><span lang="ja">{note}</span></p>}
      <p>{say('again.filled')}</p>
      {photographs && <p>{say('again.photographs')}</p>}
    </div>
  );
}

/** No form of this step is filled in here: it has been sent, or this is the way it is filed. */
function FiledOtherwise({ step }: { step: Step }) {
  const { say, pick } = useSpeech();
  const isSent = step.state === 'SENT' || step.state === 'DONE';
  return (
    <Page title={pick(step.name)} back={stepPath(step)}>
      {isSent ? <p>{say('form.isSent')}</p> : step.channel === 'HERE' ? <p>{say('form.notNow')} {pick(step.because)}</p> : (
        <>
          <p><strong>{say('form.notHere')}</strong></p>
          <p>{say(`channel.${step.channel}`)}</p>
          <p>{pick(step.how)}</p>
        </>
      )}
      {step.application && <a class="button" href={`/applications/${step.application.id}`}>{say('form.toSent')}</a>}
      <a class="button" data-kind="outline" href={stepPath(step)}>{say('form.toStep')}</a>
    </Page>
  );
}

/** Something is known and stands in no field, since she wants it so. */
function HeldBack({ sources }: { sources: readonly string[] }) {
  const { say, language } = useSpeech();
  const nameOf = useSourceName();
  return (
    <div class="strip" data-testid="held-back">
      <p>{say('heldBack.note', { source: sources.map(nameOf).join(comma(language)) })}</p>
      <a href="/consents">{say('heldBack.change')}</a>
    </div>
  );
}

/** It was deleted at once; the way back stands here, so that no dialog stands before. */
function Deleted({ onUndo }: { onUndo: () => void }) {
  const { say } = useSpeech();
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    strip.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div role="status" tabIndex={-1} ref={strip}><UndoBar words={say('form.deleted')} undo={onUndo} /></div>
  );
}
