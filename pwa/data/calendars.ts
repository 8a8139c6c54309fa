import { ask } from './ask.ts';
import { EndFeed, MakeFeed, ShowCalendars } from './documents.ts';
import { ours, refreshWho } from './refresh.ts';
import type { Calendars, Text } from './shapes.ts';

/** Feeds of her dates. Nothing of them lies on the device: an address is shown once and kept nowhere. */

/** null: nobody is signed in. Rejects with NoAnswer. */
export async function askCalendars(): Promise<Calendars | null> {
  return (await ours((await ask(ShowCalendars, {})).viewer))?.calendars ?? null;
}

/** A feed with a new address; the address there was is dead. Rejects with NoAnswer. */
export async function makeFeed(about: string | null, fullWords: boolean): Promise<{ url: string; calendars: Calendars } | { why: Text }> {
  const { makeFeed: reply } = await ask(MakeFeed, { about, fullWords });
  if (reply.__typename === 'CalendarAddress') return { url: reply.url, calendars: reply.calendars };
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return { why: reply.message };
}

/** Rejects with NoAnswer. */
export async function endFeed(id: string): Promise<Calendars | { why: Text }> {
  const { endFeed: reply } = await ask(EndFeed, { id });
  if (reply.__typename === 'Calendars') return reply;
  if (reply.__typename === 'SignInNeeded') await refreshWho();
  return { why: reply.message };
}
