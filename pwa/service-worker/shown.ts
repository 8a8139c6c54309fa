import { device } from '../device/database.ts';

const REMEMBERED = 500;

/** True the first time a notice is to be shown on this device; remembers the newest five hundred. */
export async function firstShowing(notice: string, now = new Date()): Promise<boolean> {
  const write = (await device()).transaction('shown', 'readwrite');
  if (await write.store.get(notice)) return false;
  await write.store.put(now.toISOString(), notice);
  const [keys, times] = await Promise.all([write.store.getAllKeys(), write.store.getAll()]);
  const oldest = keys
    .map((key, index) => ({ key, at: times[index] ?? '' }))
    .sort((one, other) => other.at.localeCompare(one.at))
    .slice(REMEMBERED);
  await Promise.all(oldest.map(({ key }) => write.store.delete(key)));
  await write.done;
  return true;
}
