import type { Returned } from './again.ts';
import { ask } from './ask.ts';
import { ShowSent } from './documents.ts';
import { had } from './family.ts';
import { keepApplication, ours } from './refresh.ts';
import type { Answers } from './shapes.ts';

/** What she had sent, from the house: asked when she begins to correct it, and kept here only as a draft of hers. */
export const askSent = (id: string) =>
  had(async () => {
    const found = (await ours((await ask(ShowSent, { id })).viewer))?.application;
    if (!found) return null;
    const { answers, ...application } = found;
    await keepApplication(application);
    const told: Returned = { application, answers: (answers?.values ?? {}) as Answers, masked: answers?.masked ?? false };
    return { __typename: 'Returned' as const, ...told };
  }, 'Returned');
