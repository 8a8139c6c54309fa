import { useEffect, useRef, useState } from 'preact/hooks';
import { decoded, inBytes } from '../../data/picture.ts';
import type { Form } from '../../data/shapes.ts';
import { changeDraft, type Draft } from '../../device/drafts.ts';
import { keepPaper, readPaper, type Paper } from '../../device/papers.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { Crop } from './crop.tsx';

/** As the house has it (bff/uploads/binding.py). */
const MOST = 8;
const LARGEST_IN_ALL = 6 * 1024 * 1024;
const PDF = 'application/pdf';

type Listed = Form['papers'][number];
export const papersOf = (form: Form): readonly Listed[] => form.papers ?? [];

/** What she may photograph and send with it, where she stands, also without a network. */
export function PapersPart({ draft, of = '' }: { draft: Draft; of?: string }) {
  const { say } = useSpeech();
  const listed = papersOf(draft.form);
  const kept = draft.papers ?? [];
  const inAll = kept.reduce((sum, { size }) => sum + size, 0);
  if (!listed.length) return null;
  return (
    <section class="form-section papers" aria-labelledby={`papers-${draft.step}`} data-testid="papers">
      <h2 id={`papers-${draft.step}`}>{of}{say('papers.title')}</h2>
      <p class="note">{say('papers.help')}</p>
      {listed.map((paper) => <OnePaper key={paper.id} paper={paper} draft={draft} room={room(kept, inAll)} />)}
      {kept.length > 0 && <p class="note" role="status">{say('papers.inAll', { n: kept.length, size: inBytes(inAll), most: inBytes(LARGEST_IN_ALL) })}</p>}
    </section>
  );
}

const room = (kept: readonly Paper[], inAll: number): number => (kept.length >= MOST ? 0 : LARGEST_IN_ALL - inAll);

function OnePaper({ paper, draft, room }: { paper: Listed; draft: Draft; room: number }) {
  const { say, pick } = useSpeech();
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [trouble, setTrouble] = useState<Key | null>(null);
  const kept = (draft.papers ?? []).filter((one) => one.paper === paper.id);
  const keep = async (file: Blob) => {
    setPicture(null);
    if (file.size > room) return setTrouble('papers.tooLarge');
    const made = await keepPaper(paper.id, file);
    await changeDraft(draft, (stored) => ({ ...stored, papers: [...(stored.papers ?? []), made] }));
  };
  const choose = async (file: File) => {
    setTrouble(null);
    if (file.type === PDF) return keep(file);
    const seen = await decoded(file);
    if (seen) setPicture(seen);
    else setTrouble('papers.notShown');
  };
  const failed = (cause: unknown) => {
    setTrouble('storage.failed');
    reportError(cause);
  };
  return (
    <fieldset class="field paper" data-testid={`paper-${paper.id}`}>
      <legend>{pick(paper.name)}</legend>
      {paper.needed && <p class="note">{say('procedure.neededWhen', { when: pick(paper.needed) })}</p>}
      {paper.omitted && <p class="note spared">{say('procedure.omittedWhen', { when: pick(paper.omitted) })}</p>}
      <ul class="plain paper-list">{kept.map((one, at) => <Kept key={one.id} paper={one} at={at + 1} draft={draft} name={pick(paper.name)} />)}</ul>
      {trouble && <p class="error" role="alert">{say(trouble)}</p>}
      {picture
        ? <Crop picture={picture} onDone={(file) => void keep(file).catch(failed)} onCancel={() => setPicture(null)} />
        : room > 0 && (
          <div class="paper-ways">
            <Way id={`camera-${draft.step}-${paper.id}`} text="papers.camera" name={pick(paper.name)} accept="image/*" camera onFile={(file) => void choose(file).catch(failed)} />
            <Way id={`file-${draft.step}-${paper.id}`} text="papers.file" name={pick(paper.name)} accept={`image/*,${PDF}`} onFile={(file) => void choose(file).catch(failed)} />
          </div>
        )}
      {room <= 0 && <p class="note">{say('papers.full')}</p>}
    </fieldset>
  );
}

type WayProps = { id: string; text: Key; name: string; accept: string; camera?: boolean; onFile: (file: File) => void };

/** A button that opens the camera, or the files of the phone. */
export function Way({ id, text, name, accept, camera = false, onFile }: WayProps) {
  const { say } = useSpeech();
  return (
    <span>
      <input
        id={id} class="attach-input" type="file" accept={accept} capture={camera ? 'environment' : undefined}
        aria-label={`${say('colon', { of: say(text) })}${name}`}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <label for={id} class="button" data-kind={camera ? 'outline' : 'quiet'}>{say(text)}</label>
    </span>
  );
}

function Kept({ paper, at, draft, name }: { paper: Paper; at: number; draft: Draft; name: string }) {
  const { say } = useSpeech();
  const drop = () => changeDraft(draft, (stored) => ({ ...stored, papers: (stored.papers ?? []).filter((one) => one.id !== paper.id) }));
  return (
    <li data-testid="kept-paper">
      <Preview paper={paper} />
      <span>{say(paper.mediaType === PDF ? 'papers.pdf' : 'papers.photo', { n: at, size: inBytes(paper.size) })}</span>
      <button type="button" class="button" data-kind="quiet" aria-label={`${say('colon', { of: say('attach.remove') })}${name} ${at}`} onClick={() => void drop()}>
        {say('attach.remove')}
      </button>
    </li>
  );
}

/** As small as it need be to know it again; drawn, so that no address of it is made. */
export function Preview({ paper }: { paper: Paper }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let wanted = true;
    void readPaper(paper).then((file) => (file ? decoded(file) : null)).then((picture) => {
      const place = canvas.current;
      if (!wanted || !picture || !place) return;
      const scale = 96 / Math.max(picture.width, picture.height);
      Object.assign(place, { width: picture.width * scale, height: picture.height * scale });
      place.getContext('2d')?.drawImage(picture, 0, 0, place.width, place.height);
    }, () => undefined);
    return () => { wanted = false; };
  }, [paper.id]);
  return paper.mediaType === PDF ? null : <canvas ref={canvas} class="paper-preview" aria-hidden="true" width={1} height={1} />;
}
