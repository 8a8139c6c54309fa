import { useEffect, useState } from 'preact/hooks';
import { dropFile, fileOf, isOver, keepFile, picturesOf } from '../../data/mail/files.ts';
import { inBytes } from '../../data/picture.ts';
import type { Attachment, Notice } from '../../data/shapes.ts';
import { NoAnswer } from '../../data/ask.ts';
import { longDay } from '../../text/dates.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

/** What goes along with a notice: opened here in the page, each with its own last day. */
export function Files({ notice }: { notice: Notice }) {
  const { say } = useSpeech();
  if (notice.attachments.length === 0) return null;
  return (
    <section aria-labelledby="files" data-testid="files">
      <h2 class="small" id="files">{say('mail.files')}</h2>
      <ul class="cards">{notice.attachments.map((one) => <OneFile key={one.id} notice={notice} attachment={one} />)}</ul>
    </section>
  );
}

type FileProps = { notice: Notice; attachment: Attachment };

function OneFile({ notice, attachment }: FileProps) {
  const { say, pick, language } = useSpeech();
  const { files } = useDevice().snapshot;
  const isKept = files?.value.some((one) => one.attachment === attachment.id) ?? false;
  const { name, pages, size, keptUntil } = attachment;
  const over = isOver(attachment);
  return (
    <li class="box file">
      <h3>{name}</h3>
      <p class="note">{pages > 0 ? say('mail.file.pages', { n: pages, size: inBytes(size) }) : say('mail.file.picture', { size: inBytes(size) })}</p>
      {over && !isKept ? <p>{say('mail.file.over', { day: longDay(keptUntil, language), sender: pick(notice.sender) })}</p>
        : <Opened notice={notice} attachment={attachment} isKept={isKept} />}
      {!over && !isKept && <p class="note">{say('mail.file.until', { day: longDay(keptUntil, language) })}</p>}
    </li>
  );
}

function Opened({ notice, attachment, isKept }: FileProps & { isKept: boolean }) {
  const { say } = useSpeech();
  const [pictures, show] = useState<string[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Key | null>(null);
  useEffect(() => () => pictures?.forEach((url) => URL.revokeObjectURL(url)), [pictures]);
  const work = (doing: () => Promise<unknown>) => {
    setBusy(true);
    setTrouble(null);
    doing().catch((cause: unknown) => {
      const isSilent = cause instanceof NoAnswer && cause.silence === 'unreachable';
      setTrouble(isSilent ? 'mail.file.offline' : 'mail.file.failed');
      if (!(cause instanceof NoAnswer)) reportError(cause);
    }).finally(() => setBusy(false));
  };
  const open = async () => show(await Promise.all(picturesOf(attachment).map(async (page) => URL.createObjectURL(await fileOf(attachment, page)))));
  return (
    <>
      <div class="file-acts not-printed">
        <button type="button" class="button" data-kind="outline" disabled={busy} aria-expanded={pictures !== null} onClick={() => (pictures ? show(null) : work(open))}>
          {say(pictures ? 'mail.file.close' : 'mail.file.open')}<span class="unseen"> {attachment.name}</span>
        </button>
        {!isKept && <button type="button" class="button" data-kind="quiet" disabled={busy} onClick={() => work(() => keepFile(notice, attachment))}>{say('mail.file.keep')}</button>}
        <button type="button" class="button" data-kind="quiet" disabled={busy} onClick={() => work(() => save(attachment))}>{say('mail.file.save')}</button>
      </div>
      <p class="note" role="status">{busy ? say('mail.file.loading') : isKept && say('mail.file.kept')}</p>
      {isKept && <button type="button" class="button not-printed" data-kind="quiet" onClick={() => work(() => dropFile(attachment))}>{say('mail.file.drop')}</button>}
      {trouble && <p class="error" role="alert">{say(trouble)}</p>}
      {pictures?.map((url, at) => <img key={url} class="file-page" src={url} alt={say('mail.file.page', { name: attachment.name, n: at + 1 })} />)}
    </>
  );
}

/** To the phone's own files, where other programs read it: she chose that. */
async function save(attachment: Attachment): Promise<void> {
  const url = URL.createObjectURL(await fileOf(attachment, 0));
  const link = Object.assign(document.createElement('a'), { href: url, download: attachment.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
