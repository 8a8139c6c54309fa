import type { Shelf } from './database.ts';

type News = Shelf | 'forgotten';

const channel = new BroadcastChannel('kurashimado');
const ears = new Set<(news: News) => void>();

channel.addEventListener('message', (event: MessageEvent<News>) => ears.forEach((ear) => ear(event.data)));

/** Tells every screen, in this tab and the others, that a shelf of the device has changed. */
export function tell(news: News): void {
  ears.forEach((ear) => ear(news));
  channel.postMessage(news);
}

/** Tells the other tabs alone. */
export const tellOthers = (news: News): void => channel.postMessage(news);

/** Listens until the returned function is called. */
export function hear(ear: (news: News) => void): () => void {
  ears.add(ear);
  return () => ears.delete(ear);
}
