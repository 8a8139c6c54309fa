import { useEffect, useState } from 'preact/hooks';
import { isOver, isShown, today } from '../../data/issued.ts';
import { decoded, inBytes, WHOLE, written } from '../../data/picture.ts';
import { tell } from '../../device/changes.ts';
import { device } from '../../device/database.ts';
import { changeOwnThings, type OwnPaper } from '../../device/own-things.ts';
import { keepPaper, readPaper } from '../../device/papers.ts';
import { stayQuietly } from '../../device/staying.ts';
import { dayOfRecord, moment } from '../../text/dates.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Way } from '../form/papers.tsx';
import { useIssued } from '../wallet/documents.tsx';
import { useOwnThings } from './contacts.tsx';

const PDF = 'application/pdf';
const LARGEST = 10 * 1024 * 1024;

/** Pictures of cards and papers that she keeps here, and what the ward has issued: to be shown without a network. */
export function OwnPapers() {
  const { say } = useSpeech();
  const { papers } = useOwnThings();
  return (
    <section aria-labelledby="own-papers" data-testid="own-papers">
      <h2 id="own-papers">{say('emergency.papers')}</h2>
      <ul class="plain pack-list">{papers.map((one) => <One key={one.id} one={one} />)}</ul>
      <Add />
      <p class="note">{say('emergency.papersHelp')}</p>
      <Copies />
    </section>
  );
}

function One({ one: { id, name, keptAt, paper } }: { one: OwnPaper }) {
  const { say, language } = useSpeech();
  const [url, show] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => () => { if (url) URL.revokeObjectURL(url); }, [url]);
  const open = async () => {
    const file = await readPaper(paper).catch(() => null);
    if (!file) return setGone(true);
    const made = URL.createObjectURL(file);
    if (paper.mediaType !== PDF) return show(made);
    Object.assign(document.createElement('a'), { href: made, download: `${name}.pdf` }).click();
    setTimeout(() => URL.revokeObjectURL(made), 60_000);
  };
  const remove = async () => {
    await changeOwnThings((things) => ({ ...things, papers: things.papers.filter((other) => other.id !== id) }));
    await (await device()).delete('papers', paper.id);
    tell('papers');
  };
  return (
    <li data-testid="own-paper">
      <strong>{name}</strong> <span class="note">{inBytes(paper.size)} {say('home.asOf', { time: moment(keptAt, language) })}</span>
      <button type="button" class="button not-printed" data-kind="quiet" aria-expanded={url !== null} onClick={() => (url ? show(null) : void open())}>{say(url ? 'emergency.close' : 'emergency.open')}</button>
      <button type="button" class="button not-printed" data-kind="quiet" aria-label={say('emergency.remove', { name })} onClick={() => void remove()}>{say('attach.remove')}</button>
      {gone && <p class="error" role="alert">{say('evicted.title')}</p>}
      {url && <img class="file-page" src={url} alt={name} />}
    </li>
  );
}

function Add() {
  const { say } = useSpeech();
  const [name, write] = useState('');
  const [trouble, setTrouble] = useState<Key | null>(null);
  const choose = async (file: File) => {
    setTrouble(null);
    const picture = file.type === PDF ? null : await decoded(file);
    if (file.type !== PDF && !picture) return setTrouble('papers.notShown');
    const made = picture ? await written(picture, WHOLE) : file;
    if (made.size > LARGEST) return setTrouble('papers.tooLarge');
    await keepOwnPaper(name.trim() || file.name, made);
    write('');
  };
  const take = (file: File) => void choose(file).catch((cause: unknown) => {
    setTrouble('storage.failed');
    reportError(cause);
  });
  return (
    <div class="not-printed">
      <p class="field"><label for="own-paper-name">{say('emergency.paperName')}</label><input id="own-paper-name" maxLength={40} autoComplete="off" value={name} onInput={(event) => write(event.currentTarget.value)} /></p>
      {trouble && <p class="error" role="alert">{say(trouble)}</p>}
      <div class="paper-ways">
        <Way id="own-camera" text="papers.camera" name="" accept="image/*" camera onFile={take} />
        <Way id="own-file" text="papers.file" name="" accept={`image/*,${PDF}`} onFile={take} />
      </div>
    </div>
  );
}

/** Keeps a file among her own, on this device alone. */
export async function keepOwnPaper(name: string, file: Blob): Promise<void> {
  const paper = await keepPaper('own', file);
  await changeOwnThings((things) => ({ ...things, papers: [...things.papers, { id: paper.id, name, keptAt: new Date().toISOString(), paper }] }));
  void stayQuietly();
}

function Copies() {
  const { say, language } = useSpeech();
  const issued = useIssued();
  const shown = (issued ?? []).filter((one) => isShown(one) && !one.isReceipt && !isOver(one, today()));
  const { snapshot } = useDevice();
  if (shown.length === 0) return null;
  return (
    <>
      <h3>{say('emergency.copies')}</h3>
      <ul class="plain pack-list">
        {shown.map((one) => (
          <li key={one.id}><a href={`/wallet/${one.id}`}>{one.title}</a> <span class="note">{one.issuedOn !== null && dayOfRecord(one.issuedOn, language)} {one.number}</span></li>
        ))}
      </ul>
      {snapshot.issued && <p class="note">{say('home.asOf', { time: moment(snapshot.issued.at, language) })}</p>}
    </>
  );
}
