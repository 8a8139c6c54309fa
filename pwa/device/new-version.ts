/** nothing; ready: a new version waits for her; elsewhere: another tab has changed to it, and this one is still the old. */
export type NewVersion = 'nothing' | 'ready' | 'elsewhere';

let state: NewVersion = 'nothing';
const ears = new Set<() => void>();

export const readNewVersion = (): NewVersion => state;

export function hearNewVersion(ear: () => void): () => void {
  ears.add(ear);
  return () => ears.delete(ear);
}

export function tellNewVersion(now: NewVersion): void {
  state = now;
  ears.forEach((ear) => ear());
}
