import type { Draft } from './drafts.ts';
import { readAll } from './shelves.ts';

export const readDrafts = (): Promise<Draft[]> => readAll('drafts');
