import { keepPaper, readPaper } from '../../device/papers.ts';
import { amend, readSnapshot, type KeptFile } from '../../device/snapshot.ts';
import { NoAnswer } from '../ask.ts';
import { dayAt } from '../../text/dates.ts';
import type { Attachment, Notice } from '../shapes.ts';

/** Files of notices: asked for when she opens one, and kept here under a key of their own when she says so. */

export const isOver = ({ keptUntil }: Attachment, now = new Date()): boolean => keptUntil < dayAt(now);

/** Its pictures in order: of a PDF each page, else the picture itself. */
export const picturesOf = ({ pages }: Attachment): number[] =>
  (pages === 0 ? [0] : Array.from({ length: pages }, (_, at) => at + 1));

/** `page` 0: the file itself. What lies here is opened without a network. Rejects with NoAnswer. */
export async function fileOf(attachment: Attachment, page: number): Promise<Blob> {
  const kept = (await readSnapshot()).files?.value.find((one) => one.attachment === attachment.id && one.page === page);
  return (kept && (await readPaper(kept.paper))) ?? fetched(attachment.id, page);
}

async function fetched(id: string, page: number): Promise<Blob> {
  let answer: Response;
  try {
    answer = await fetch(page === 0 ? `/mail/files/${id}` : `/mail/files/${id}/${page}`);
  } catch {
    throw new NoAnswer('unreachable');
  }
  if (!answer.ok) throw new NoAnswer(answer.status === 401 ? 'unreachable' : 'busy');
  return answer.blob();
}

/** The file and its pages, all or none. */
export async function keepFile(notice: Notice, attachment: Attachment): Promise<void> {
  const pages = [...new Set([0, ...picturesOf(attachment)])];
  const got: KeptFile[] = [];
  for (const page of pages) {
    got.push({ attachment: attachment.id, notice: notice.id, page, paper: await keepPaper(attachment.id, await fileOf(attachment, page)) });
  }
  await amend('files', (kept) => [...(kept ?? []).filter((one) => one.attachment !== attachment.id), ...got]);
}

/** Its bytes are swept with the next start of the app (`sweepPapers`); without its key nobody reads them. */
export const dropFile = (attachment: Attachment): Promise<void> =>
  amend('files', (kept) => (kept ?? []).filter((one) => one.attachment !== attachment.id));
