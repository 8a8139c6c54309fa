import { useEffect, useRef, useState } from 'preact/hooks';
import { forgetBegun, keepBegun, readBegun } from '../../device/begun.ts';

type How<T> = {
  /** Words that were begun before something newer was said are not put in its place. */
  since?: string | null;
  /** What of the words that lie here still holds. */
  fit?: (kept: Partial<T>) => Partial<T>;
  /** Nothing worth keeping. */
  isEmpty?: (words: T) => boolean;
};

/** As `useState`, for words she has not sent: over a reload, another screen and a new version they lie on the device. What
 * is written goes upon what stands there by then. */
export function useBegun<T extends object>(
  place: string, first: T, { since = null, fit = (kept) => kept, isEmpty = () => false }: How<T> = {},
): [T, (changed: Partial<T>) => void, () => Promise<void>] {
  const [words, put] = useState(first);
  const newest = useRef(first);
  const show = (next: T) => put((newest.current = next));
  const isHers = useRef(false); // she writes already: what lies here comes too late
  useEffect(() => {
    let isHere = true;
    readBegun(place, since)
      .then((kept) => { if (kept && isHere && !isHers.current) show({ ...first, ...fit(kept as Partial<T>) }); })
      .catch(reportError);
    return () => { isHere = false; };
  }, [place]);
  const write = (changed: Partial<T>) => {
    const next = { ...newest.current, ...changed };
    isHers.current = true;
    show(next);
    (isEmpty(next) ? forgetBegun(place) : keepBegun(place, next as Record<string, unknown>)).catch(reportError);
  };
  const forget = () => {
    isHers.current = true;
    return forgetBegun(place).catch(reportError);
  };
  return [words, write, forget];
}
