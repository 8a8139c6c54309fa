import type { Part } from './shapes.ts';

/** What home says of a paper asked of somebody else: without its link, which opens it. */
export type AskedPart = Pick<Part, 'id' | 'step' | 'to' | 'state' | 'askedAt' | 'endsOn' | 'title' | 'procedure'>;

export const withoutLink = ({ id, step, to, state, askedAt, endsOn, title, procedure }: Part): AskedPart =>
  ({ id, step, to, state, askedAt, endsOn, title, procedure });
