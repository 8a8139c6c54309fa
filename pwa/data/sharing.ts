import { changeDraft, saveDraft, type Draft } from '../device/drafts.ts';
import type { OutboxItem } from '../device/outbox.ts';
import { keepPaper, readPaper } from '../device/papers.ts';
import { throwAway, type SharedFile } from '../device/shared.ts';
import { begin } from './begin.ts';
import { decoded, WHOLE, written } from './picture.ts';
import { writeToSchool } from './school.ts';
import type { Application, Form, Home, Schools, Text } from './shapes.ts';
import { stepsOf } from './steps.ts';

/** Where something that was shared with the app can go. Until she has chosen, it goes nowhere. */

/** As the house has it (bff/uploads/binding.py). */
const MOST = 8;
const LARGEST_IN_ALL = 6 * 1024 * 1024;
const PDF = 'application/pdf';
const DONE: readonly string[] = ['SENT', 'DONE', 'NOT_YET'];

export type PaperPlace = { step: string; title: Text; paper: string; name: Text; draft: Draft };
export type SchoolPlace = { notice: string; pupil: string; child: string; school: string; title: Text };

/** Drafts first, then forms of hers that she has not begun; each paper they take. */
export function paperPlaces(
  drafts: readonly Draft[], home: Home | null, outbox: readonly OutboxItem[], applications: readonly Application[],
): PaperPlace[] {
  const begun = new Set(drafts.map(({ step }) => step));
  const fresh = (home ? stepsOf(home) : [])
    .filter(({ id, state, form }) => !begun.has(id) && !DONE.includes(state) && (form?.papers ?? []).length > 0)
    .flatMap((step) => begin(step, drafts, outbox, applications) ?? []);
  return [...drafts, ...fresh].flatMap((draft) => papersOf(draft.form).map(({ id, name }) => ({
    step: draft.step, title: draft.form.title, paper: id, name, draft,
  })));
}

const papersOf = (form: Form): Form['papers'] => form.papers ?? [];

/** Threads she may write into, the newest notices first. */
export function schoolPlaces(schools: Schools | null): SchoolPlace[] {
  return [...(schools?.notices ?? [])].sort((one, other) => other.sentAt.localeCompare(one.sentAt)).flatMap(({ notice, pupil, title }) => {
    const child = schools?.pupils.find(({ id }) => id === pupil);
    return child?.mayAnswer ? [{ notice, pupil, child: child.name, school: child.school, title }] : [];
  });
}

/** Written anew as the form's own photographs are; null: it cannot be opened. */
async function fileOf({ paper }: SharedFile): Promise<Blob | null> {
  const file = await readPaper(paper).catch(() => null);
  if (!file || paper.mediaType === PDF) return file;
  const picture = await decoded(file);
  return picture && written(picture, WHOLE);
}

/** ok: it lies in the draft. full: the application takes no more. unseen: it cannot be opened. */
export async function attach(file: SharedFile, { draft, paper }: PaperPlace): Promise<'ok' | 'full' | 'unseen'> {
  const made = await fileOf(file);
  if (!made) return 'unseen';
  const kept = draft.papers ?? [];
  if (kept.length >= MOST || kept.reduce((sum, { size }) => sum + size, made.size) > LARGEST_IN_ALL) return 'full';
  const added = await keepPaper(paper, made);
  if (draft.savedAt === '') await saveDraft({ ...draft, savedAt: new Date().toISOString() });
  await changeDraft(draft, (stored) => ({ ...stored, papers: [...(stored.papers ?? []), added] }));
  await throwAway(file.id);
  return 'ok';
}

export async function toSchool(file: SharedFile, { notice, pupil }: SchoolPlace, text: string): Promise<'ok' | 'unseen'> {
  const made = await fileOf(file);
  if (!made) return 'unseen';
  await writeToSchool({ notice, pupil, text: text.trim(), papers: [await keepPaper('line', made)] });
  await throwAway(file.id);
  return 'ok';
}

/** The picture itself, to look for a code in it; null: it is none. */
export async function pictureOf({ paper }: SharedFile): Promise<ImageBitmap | null> {
  const file = paper.mediaType === PDF ? null : await readPaper(paper).catch(() => null);
  return file && decoded(file);
}

/** The same file, out of the waiting row into her own things. */
export const blobOf = ({ paper }: SharedFile): Promise<Blob | null> => readPaper(paper).catch(() => null);
