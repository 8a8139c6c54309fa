import type { Text } from './shapes.ts';
import { prepare, type Searcher, type SearchIndex } from './search.ts';

/** The public catalogue (/open, infra/catalogue): the same for everybody and kept by the service worker for offline. */

export type Level = 'A' | 'B' | 'C';
/** As far as the screens read it; what the file leaves out is undefined. The whole shape: /open/schema.json. */
export type PublicService = {
  identifier: string;
  name: Text;
  officialName: Text;
  nameKana: string;
  type: string;
  description?: Text;
  hasCompetentAuthority: { type: 'ward' | 'nation' | 'metropolis' | 'private'; name?: Text };
  addressee?: Text;
  applicationPeriod?: Text;
  consequenceOfDelay?: Text;
  hasChannel: Means[];
  filedThrough: 'here' | 'online_elsewhere' | 'counter' | 'automatic';
  howToApply: Text;
  /** Of a ward alone: its offices that take it. */
  availableAt?: Text;
  followUp?: Text;
  hasInput: { identifier: string; name: Text; neededWhen?: Text; omittedWhen?: Text; original?: boolean; shownOnly?: boolean }[];
  hasCost: { hasValue?: number; description?: Text };
  produces?: { name: Text; description?: Text };
  processingTime?: string;
  hasLegalResource?: string;
  requires: string[];
  isGroupedBy: string[];
  validFrom?: string;
  validUntil?: string;
  trust: Record<string, { level: Level; sources?: string[] }>;
};
export type Means = 'online' | 'online_elsewhere' | 'counter' | 'post' | 'phone' | 'convenience_store' | 'employer' | 'automatic';
export type OpenCatalogue = {
  dateOfState: string;
  publicServices: PublicService[];
  references: Record<string, { publisher: string; address?: string }>;
};
export type LifeEvent = {
  identifier: string; name: Text; description: Text; hasRelatedService: string[]; startQuestion?: string;
};

/** Read once; a failure is forgotten, so that the next look tries again. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return () => (reading ??= read().catch((error: unknown) => {
    reading = null;
    throw error;
  }));
}

async function file<T>(name: string): Promise<T> {
  const response = await fetch(`/open/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return await response.json() as T;
}

const readFile = once(() => file<OpenCatalogue>('catalogue.json'));
const readIndex = once(() => file<SearchIndex>('search.json'));

/** Fetched beside the rooms; null: it could not be had, and what was built is shown. */
const now = () => import('./now.ts').catch(() => null);

/** As it is in her ward at this moment, as far as this device has heard. */
export async function readCatalogue(): Promise<OpenCatalogue> {
  const catalogue = await readFile();
  const moment = await now();
  if (!moment) return catalogue;
  const [held, ward] = await Promise.all([moment.readNow(), moment.herWard()]);
  return { ...catalogue, publicServices: moment.inWard(catalogue.publicServices, held, ward) };
}

let searched: { edition: string; searcher: Searcher } | null = null;

export async function readSearcher(): Promise<Searcher> {
  const index = await readIndex();
  const moment = await now();
  const held = await moment?.readNow();
  const edition = held?.edition ?? '';
  if (searched?.edition !== edition) searched = { edition, searcher: prepare(moment && held ? moment.searchedBesides(index, held) : index) };
  return searched.searcher;
}

export const readEvents = once(async () => (await file<{ lifeEvents: LifeEvent[] }>('bundles.json')).lifeEvents);

/** Days of an ISO 8601 duration as the catalogue writes it, P30D; null: another form. */
export function daysOf(duration: string): number | null {
  const days = /^P(\d+)D$/.exec(duration)?.[1];
  return days === undefined ? null : Number(days);
}

/** The statements of a procedure by how sure they are. */
export function byTrust(service: PublicService): Record<Level, string[]> {
  const at = (level: Level) => Object.keys(service.trust).filter((statement) => service.trust[statement]?.level === level);
  return { A: at('A'), B: at('B'), C: at('C') };
}

/** The pages a procedure was read from, each once. */
export function sourcesOf(service: PublicService, { references }: OpenCatalogue): OpenCatalogue['references'][string][] {
  const cited = new Set(Object.values(service.trust).flatMap(({ sources }) => sources ?? []));
  return [...cited].sort().flatMap((id) => references[id] ?? []);
}

export type Paper = PublicService['hasInput'][number];

/** What the office wants in its hands: with the form as a photograph, or after it was sent. */
export const toHandIn = (service: PublicService): Paper[] => service.hasInput.filter((paper) => !paper.shownOnly);
