import { useEffect, useRef, useState } from 'preact/hooks';
import { begin, renewed } from '../../data/begin.ts';
import { isAllKnown } from '../../data/earlier.ts';
import { fieldsOf, heldBackOf } from '../../data/form.ts';
import { refreshHome } from '../../data/refresh.ts';
import type { Step } from '../../data/shapes.ts';
import { deleteDraft, saveDraft, type Draft } from '../../device/drafts.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Gone } from '../parts/gone.tsx';
import { Masked } from '../parts/masked.tsx';
import { Page } from '../parts/page.tsx';
import { isFilling } from '../parts/pressing.ts';
import { useSourceName } from '../parts/source-name.ts';
import { stepPath } from '../parts/step-card.tsx';
import { Unheard } from '../parts/unheard.tsx';
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
  const draft = kept ?? (step ? begin(step, drafts, outbox, snapshot.applications?.value ?? []) : null);
  if (!draft && step) return <FiledOtherwise step={step} />;
  if (!draft) return snapshot.home && !isFilling(snapshot.home.value) ? <Gone text="step.gone" /> : <Unheard />;
  const path = `/apply/${encodeURIComponent(id)}`;
  const heldBack = heldBackOf(draft.form);
  const isMasked = fieldsOf(draft.form).some((field) => field.masked);
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
      {isMasked && <Masked to={path} again={() => refreshHome('when old')} />}
      {heldBack.length > 0 && <HeldBack sources={heldBack} />}
      {draft.changed && <FormChangedNote changed={draft.changed} form={draft.form} />}
      <ConflictNote draft={draft} />
      {isRead
        ? <Review draft={draft} due={due} />
        : <Write key={`${draft.form.version} ${deleted?.savedAt} ${isMasked} ${heldBack}`} first={draft} refused={draft.refused} due={due} onDelete={remove} />}
    </Page>
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
      <p>{say('heldBack.note', { source: sources.map(nameOf).join(language === 'en' ? ', ' : '、') })}</p>
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
    <div class="strip" role="status" tabIndex={-1} ref={strip}>
      <p>{say('form.deleted')}</p>
      <button type="button" class="button" data-kind="quiet" onClick={onUndo}>{say('undo')}</button>
    </div>
  );
}
