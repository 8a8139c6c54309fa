import type { Viewer } from './shapes.ts';

/** Is she still to answer the page of consents? */
export const isUndecided = (viewer: Viewer): boolean => viewer.consentsDecidedAt === null;

/** Rooms that are made of what the bodies tell: before her answer the page of consents stands in their place. */
const OF_WHAT_IS_TOLD = ['', 'step', 'apply', 'answers', 'benefits', 'moving'];

export const restsOnConsent = (path: string): boolean => OF_WHAT_IS_TOLD.includes(path.split('/')[1] ?? '');
