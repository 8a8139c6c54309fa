import { changeItem, isUnsent, readOutbox, type OutboxItem, type Submission } from '../device/outbox.ts';
import { amend, readSnapshot } from '../device/snapshot.ts';
import { folderDigest } from './canonical.ts';
import type { Folder } from './folders.ts';

type Part = OutboxItem & { wish: Submission };
/** A part with its photographs at the house and its digest made; null: it cannot go as it is. */
export type MakeReady = (part: Part) => Promise<Submission | null>;

/**
 * The folder as it is sent: photographs that waited for a network have their digests only now, and with them the parts
 * that go with them, and the folder that lists those. A part that cannot go is left out; it comes back by itself.
 */
export async function filled(folder: Folder, makeReady: MakeReady): Promise<Folder> {
  if (folder.digest !== null) return folder;
  const outbox = await readOutbox();
  const parts: Folder['parts'] = [];
  for (const part of folder.parts) {
    const item = outbox.find((one): one is Part => one.id === part.application && one.wish.kind === 'submit' && isUnsent(one));
    const wish = item && (await makeReady(item));
    if (item && wish) await changeItem(item.id, { wish });
    parts.push({ ...part, digest: wish?.digest ?? part.digest });
  }
  const digests = parts.flatMap(({ digest }) => digest ?? []);
  const ward = (await readSnapshot()).viewer?.value.ward?.code;
  const { id, completedAt } = folder;
  const digest = ward && digests.length > 0 ? await folderDigest({ id, ward, completedAt, digests }) : null;
  const made = { ...folder, digest, parts };
  await amend('together', (kept) => ({ events: {}, folders: [], ...kept, ...(kept && { folders: kept.folders.map((one) => (one.id === id ? made : one)) }) }));
  return made;
}
