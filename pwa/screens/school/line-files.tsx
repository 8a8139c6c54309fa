import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { decoded, inBytes, WHOLE, written } from '../../data/picture.ts';
import { lineFile } from '../../data/school.ts';
import type { SchoolNotice } from '../../data/shapes.ts';
import { keepPaper, type Paper } from '../../device/papers.ts';
import { longDay } from '../../text/dates.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { Preview, Way } from '../form/papers.tsx';

/** As the house has it (bff/school/line_files.py). */
const MOST = 3;
const LARGEST = 10 * 1024 * 1024;
const PDF = 'application/pdf';
const nameOf = (mediaType: string): Key => (mediaType === PDF ? 'school.filePdf' : 'school.filePhoto');

type AttachProps = { id: string; papers: Paper[]; change: (papers: Paper[]) => void };

/** A photograph or PDF to go with her words; it lies sealed on the phone until the line allows. */
export function Attach({ id, papers, change }: AttachProps) {
  const { say } = useSpeech();
  const [trouble, setTrouble] = useState<Key | null>(null);
  const choose = async (file: File) => {
    setTrouble(null);
    const picture = file.type === PDF ? null : await decoded(file);
    if (file.type !== PDF && !picture) return setTrouble('papers.notShown');
    const made = picture ? await written(picture, WHOLE) : file;
    if (made.size > LARGEST) return setTrouble('school.fileLarge');
    change([...papers, await keepPaper('line', made)]);
  };
  const take = (file: File) => void choose(file).catch((cause: unknown) => {
    setTrouble('storage.failed');
    reportError(cause);
  });
  return (
    <div class="field">
      <ul class="plain paper-list">
        {papers.map((paper, at) => (
          <li key={paper.id} data-testid="kept-paper">
            <Preview paper={paper} />
            <span>{say(nameOf(paper.mediaType))} {inBytes(paper.size)}</span>
            <button type="button" class="button" data-kind="quiet" aria-label={`${say('colon', { of: say('attach.remove') })}${say(nameOf(paper.mediaType))} ${at + 1}`} onClick={() => change(papers.filter((one) => one.id !== paper.id))}>
              {say('attach.remove')}
            </button>
          </li>
        ))}
      </ul>
      {trouble && <p class="error" role="alert">{say(trouble)}</p>}
      {papers.length < MOST && (
        <div class="paper-ways">
          <Way id={`line-camera-${id}`} text="papers.camera" name="" accept="image/*" camera onFile={take} />
          <Way id={`line-file-${id}`} text="papers.file" name="" accept={`image/*,${PDF}`} onFile={take} />
        </div>
      )}
      <p class="note">{say('school.fileHelp')}</p>
    </div>
  );
}

/** What went along with a line, each with its own last day. */
export function LineFiles({ files }: { files: SchoolNotice['lines'][number]['files'] }) {
  return <>{files.map((one) => <OneFile key={one.id} file={one} />)}</>;
}

function OneFile({ file }: { file: SchoolNotice['lines'][number]['files'][number] }) {
  const { say, language } = useSpeech();
  const [url, show] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Key | null>(null);
  useEffect(() => () => { if (url) URL.revokeObjectURL(url); }, [url]);
  const name = say(nameOf(file.mediaType));
  if (file.isOver) return <p class="note">{say('school.fileOver', { name, day: longDay(file.keptUntil, language) })}</p>;
  const open = async () => {
    setTrouble(null);
    const made = URL.createObjectURL(await lineFile(file.id));
    if (file.mediaType !== PDF) return show(made);
    Object.assign(document.createElement('a'), { href: made, download: `${name}.pdf` }).click();
    setTimeout(() => URL.revokeObjectURL(made), 60_000);
  };
  const press = () => void open().catch((cause: unknown) => {
    setTrouble(cause instanceof NoAnswer && cause.silence === 'unreachable' ? 'mail.file.offline' : 'mail.file.failed');
    if (!(cause instanceof NoAnswer)) reportError(cause);
  });
  return (
    <div data-testid="line-file">
      <button type="button" class="button" data-kind="outline" aria-expanded={file.mediaType === PDF ? undefined : url !== null} onClick={() => (url ? show(null) : press())}>
        {say(url ? 'mail.file.close' : 'school.fileOpen', { name })}
      </button>
      <p class="note">{inBytes(file.size)}　{say('school.fileUntil', { day: longDay(file.keptUntil, language) })}</p>
      {trouble && <p class="error" role="alert">{say(trouble)}</p>}
      {url && <img class="file-page" src={url} alt={name} />}
    </div>
  );
}
