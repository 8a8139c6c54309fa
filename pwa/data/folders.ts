import { changeDraft, deleteDraft, saveDraft, type Draft, type Filing } from '../device/drafts.ts';
import { dropItem, post, readOutbox } from '../device/outbox.ts';
import type { Paper } from '../device/papers.ts';
import { amend, readSnapshot } from '../device/snapshot.ts';
import { ask } from './ask.ts';
import { folderDigest } from './canonical.ts';
import { BeginFolderSignature, ShowFolder, ShowFolders, ShowNeedsOfAll } from './documents.ts';
import { localTime, rightNow } from './clock.ts';
import { compareForms } from './form.ts';
import { sendPapers, type Held } from './papers.ts';
import { keepApplication, ours, refreshWho } from './refresh.ts';
import type { Text } from './shapes.ts';
import { filingOf, inputOf, whyNot } from './signing.ts';
import { proveFirst } from './step-up.ts';
import { sendSoon } from './wishes.ts';

/** Sending together: one folder, made on the device, that lists the digest of each part; each part goes on its own. */

export type FolderPart = {
  application: string; step: string; procedure: string; subject: string | null;
  /** null: its photographs have yet to go to the house, or this device can make none. */
  digest: string | null;
  title: Text; office: Text;
};
export type Folder = { id: string; event: string; completedAt: string; digest: string | null; parts: FolderPart[] };
/** What is under way with an event: parts she leaves out, and what she has left to sign. */
export type Conversation = { left: string[]; signing?: { folder: Folder; signature: string } };
/** By event, and what was sent together, newest first. */
export type Together = { events: Record<string, Conversation>; folders: Folder[] };

const NOTHING: Together = { events: {}, folders: [] };
const FOLDERS_KEPT = 20;

/** Both are made at one moment, so that what is signed is what is sent. */
type Made = { folder: Folder; filings: { draft: Draft; filing: Filing }[] };

async function made(event: string, drafts: readonly Draft[], now = rightNow()): Promise<Made> {
  const filings = await Promise.all(drafts.map(async (draft) => ({ draft, filing: await filingOf(draft, now) })));
  const parts = filings.map(({ draft: { step, form }, filing }) => ({
    application: filing.id, step, procedure: form.procedure, subject: form.subject, digest: filing.digest,
    title: form.title, office: form.submitTo,
  }));
  const id = crypto.randomUUID();
  const ward = (await readSnapshot()).viewer?.value.ward?.code;
  const digests = parts.flatMap((part) => part.digest ?? []);
  const completedAt = localTime(now.at);
  const digest = ward && digests.length === parts.length ? await folderDigest({ id, ward, completedAt, digests }) : null;
  return { folder: { id, event, completedAt, digest, parts }, filings };
}

/** Puts all into the outbox, the folder first; each part then stands or falls alone. */
export async function sendTogether(event: string, drafts: readonly Draft[]): Promise<string> {
  const { drafts: there } = await withPapers(drafts).catch(() => ({ drafts }));
  return handIn(await made(event, there));
}

/** Photographs go first where the line allows, so that the folder lists what is sent with them. Rejects with NoAnswer. */
async function withPapers(drafts: readonly Draft[]): Promise<{ drafts: Draft[]; held: Held | null }> {
  const all: Draft[] = [];
  for (const draft of drafts) {
    const keep = async (papers: Paper[]) => void (await changeDraft(draft, (stored) => ({ ...stored, papers })));
    const sent = await sendPapers(draft.papers ?? [], keep);
    if ('held' in sent) return { drafts: [...drafts], held: sent.held };
    all.push({ ...draft, papers: sent.papers });
  }
  return { drafts: all, held: null };
}

/** Sends what she has signed, under the ids it was signed for; null: this device holds it no more. */
export async function sendSigned(event: string, signature: string, drafts: readonly Draft[]): Promise<string | null> {
  const { folder } = (await readSnapshot()).together?.value.events[event]?.signing ?? {};
  if (!folder) return null;
  const filings = drafts.flatMap((draft) => (draft.signing?.signature === signature ? [{ draft, filing: draft.signing }] : []));
  return filings.length === 0 ? null : handIn({ folder, filings }, signature);
}

async function handIn({ folder, filings }: Made, signature?: string): Promise<string> {
  const at = (place: number) => new Date(Date.now() + place);
  await keepFolder(folder);
  await dropRefused(filings.map(({ draft }) => draft.step));
  await post({ kind: 'folder', folder }, at(0), folder.id);
  for (const [place, { draft, filing }] of filings.entries()) {
    const { id, answers, completedAt, digest, corrected, papers = [], clockAhead = null } = filing;
    const known = signature === undefined && clockAhead === null ? {} : { clockAhead };
    const { step, form } = draft;
    const wish = { kind: 'submit', step, title: form.title, form, answers, completedAt, digest, corrected, papers, ...known, folder: folder.id } as const;
    await post(signature === undefined ? wish : { ...wish, signature }, at(place + 1), id);
    await deleteDraft(step);
  }
  sendSoon();
  return folder.id;
}

/** What was refused before and is sent anew now is told no more. */
async function dropRefused(steps: readonly string[]): Promise<void> {
  for (const item of await readOutbox()) {
    if (item.wish.kind === 'submit' && item.outcome.state === 'refused' && steps.includes(item.wish.step)) await dropItem(item.id);
  }
}

/** Where she leaves to; else why not, with what the house says of a part written into its draft. Rejects with NoAnswer. */
export async function leaveToSignAll(event: string, drafts: readonly Draft[]): Promise<{ leaveBy: string } | { refused: Text }> {
  const there = await withPapers(drafts);
  if (there.held) return { refused: await whyNot(there.held) };
  const { folder, filings } = await made(event, there.drafts);
  const { id, completedAt, digest } = folder;
  const wishes = filings.map(({ draft: { form: { procedure, version, subject } }, filing }) => ({ ...inputOf(filing), procedure, version, subject }));
  const { beginFolderSignature: reply } = await ask(BeginFolderSignature, { input: { id, event, completedAt, digest }, filings: wishes });
  if (reply.__typename === 'PartsRefused') {
    for (const { place, message, fields, form } of reply.parts) {
      const draft = filings[place]?.draft;
      if (draft) await comesBack(draft, form ?? draft.form, { message, fields });
    }
    return { refused: reply.message };
  }
  if (reply.__typename !== 'SignatureBegun') {
    if (reply.__typename === 'SignInNeeded') await refreshWho();
    return { refused: reply.message };
  }
  const savedAt = new Date().toISOString();
  for (const { draft, filing } of filings) await saveDraft({ ...draft, savedAt, signing: { ...filing, signature: reply.id } });
  await changeConversation(event, (was) => ({ ...was, signing: { folder, signature: reply.id } }));
  return { leaveBy: reply.leaveBy };
}

type Said = { message: Text; fields: Draft['refused'] };

const comesBack = (draft: Draft, form: Draft['form'], { message, fields }: Said): Promise<void> =>
  saveDraft({
    ...draft, form, refused: fields, refusal: message, savedAt: new Date().toISOString(),
    changed: form.version === draft.form.version ? null : compareForms(draft.form, form, draft.answers),
  });

const change = (to: (was: Together) => Together): Promise<void> => amend('together', (kept) => to(kept ?? NOTHING));

const keepFolder = (folder: Folder): Promise<void> =>
  change(({ events, folders }) => {
    const { [folder.event]: _, ...others } = events;
    return { events: others, folders: [folder, ...folders.filter((one) => one.id !== folder.id)].slice(0, FOLDERS_KEPT) };
  });

export const changeConversation = (event: string, to: (was: Conversation) => Conversation): Promise<void> =>
  change(({ events, folders }) => ({ folders, events: { ...events, [event]: to(events[event] ?? { left: [] }) } }));

/** A folder as the house has it, kept; parts of hers that this device never had come with it. Rejects with NoAnswer. */
export async function refreshFolder(id: string): Promise<void> {
  const told = (await ours((await ask(ShowFolder, { id })).viewer))?.folder;
  if (!told) return;
  const parts = told.parts.flatMap(({ procedure, subject, title, application }) =>
    application ? [{
      application: application.id, step: subject === null ? procedure : `${procedure}:${subject}`, procedure, subject,
      digest: application.digest, title, office: application.sentTo,
    }] : []);
  for (const { application } of told.parts) if (application) await keepApplication(application);
  await change(({ events, folders }) => {
    const known = folders.find((one) => one.id === id);
    const merged = known
      ? known.parts.map((part) => ({ ...part, application: parts.find((one) => one.step === part.step)?.application ?? part.application }))
      : parts;
    const folder = { id, event: told.event, completedAt: known?.completedAt ?? told.madeAt, digest: known?.digest ?? null, parts: merged };
    return { events, folders: known ? folders.map((one) => (one.id === id ? folder : one)) : [folder, ...folders] };
  });
}

/** What was sent together from any device; those this one never had are asked for whole. */
export async function refreshFolders(): Promise<void> {
  const told = (await ours((await ask(ShowFolders, {})).viewer))?.folders ?? [];
  const known = (await readSnapshot()).together?.value.folders.map((one) => one.id) ?? [];
  for (const { id } of told) if (!known.includes(id)) await refreshFolder(id);
}

/** Whether all may be sent now, after proving it once if need be; what she wrote is on the device already. */
export async function mayAllBeSent(procedures: readonly string[], to: string): Promise<boolean> {
  const needs = await ask(ShowNeedsOfAll, { procedures: [...procedures] }).then(({ viewer }) => viewer?.needsOfAll, () => null);
  return !needs || needs.isMet || proveFirst({ cardOnly: needs.cardOnly, to });
}
