import { readPaper, type Paper } from '../device/papers.ts';
import { NoAnswer } from './ask.ts';
import type { FieldError, Text } from './shapes.ts';
import { uploadQuietly } from './upload.ts';

/** Photographs go to the house before the application they belong to, each under its own id, so that one is one. */

/** `signIn`: it waits for her. Else why one cannot go, and nothing will change that but she. */
export type Held = 'signIn' | { message: Text; fields: FieldError[] };
export const FIELD = 'attachments';

/**
 * Sends those that the house has not got yet; `sent` hears of all after each one. Rejects with NoAnswer when the house
 * is not heard or is busy.
 */
export async function sendPapers(
  papers: readonly Paper[], sent: (papers: Paper[]) => Promise<void>,
): Promise<{ papers: Paper[] } | { held: Held }> {
  let all = [...papers];
  for (const paper of papers) {
    if (paper.upload && paper.digest) continue;
    const file = await readPaper(paper).catch(() => null);
    if (!file) return { held: refused('gone', GONE) };
    const outcome = await uploadQuietly(file, paper.id);
    if ('taken' in outcome) {
      const { id: upload, digest } = outcome.taken;
      all = all.map((one) => (one.id === paper.id ? { ...one, upload, digest } : one));
      await sent(all);
      continue;
    }
    if (outcome.status === 401) return { held: 'signIn' };
    const { why, message, retryAfter } = outcome.refused;
    if (outcome.status === 0) throw new NoAnswer('unreachable');
    if (outcome.status === 429 || outcome.status >= 500 || why === 'no_scanner') throw new NoAnswer('busy', retryAfter);
    return { held: refused(why, message) };
  }
  return { papers: all };
}

/** The house has let them go since, after a month: they are sent anew. */
export const sentAnew = (papers: readonly Paper[]): Paper[] =>
  papers.map(({ upload: _, digest: __, ...paper }) => ({ ...paper, id: paper.id }));

export const attachmentsOf = (papers: readonly Paper[]): { paper: string; upload: string }[] =>
  papers.flatMap(({ paper, upload }) => (upload ? [{ paper, upload }] : []));

const refused = (code: string, message: Text): Held => ({ message, fields: [{ field: FIELD, code, message }] });

const GONE: Text = {
  easy: 'しゃしんが この スマホに ありません。もう一度 とって ください。',
  ja: '写真がこの端末に残っていません。もう一度撮ってください。',
  en: 'A picture is no longer on this device. Please take it again.',
};
