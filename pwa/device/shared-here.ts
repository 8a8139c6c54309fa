import { device } from './database.ts';

/** How much waits that was shared from outside; what reads it is fetched where there is something. */
export async function countShared(): Promise<number> {
  const db = await device();
  const [hers, late] = await Promise.all([db.getKey('snapshot', 'own-shared'), db.getKey('device', 'shared')]);
  return hers === undefined && late === undefined ? 0 : (await import('./shared.ts')).countShared();
}
