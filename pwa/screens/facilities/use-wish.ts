import { useState } from 'preact/hooks';
import { NO_WISH, type Wish } from '../../data/facility-choice.ts';
import { KINDS } from '../../data/facilities.ts';

/** What she last looked for, so that coming back from one facility finds the list as it was. */
let last: Wish = NO_WISH;

/** `from` is only whether it is counted from work (a point) or from home (null): where that is, the list finds out. */
export const FROM_WORK = { lat: 0, lon: 0 };

export function useDeferredWish(query: URLSearchParams): [Wish, (changed: Partial<Wish>) => void] {
  const [wish, set] = useState<Wish>(() => {
    const kind = KINDS.find((one) => one === query.get('kind')) ?? null;
    const words = query.get('q');
    if (kind !== null || words !== null) last = { ...NO_WISH, kind, words: words ?? '' };
    return last;
  });
  return [wish, (changed) => set((before) => (last = { ...before, ...changed }))];
}
