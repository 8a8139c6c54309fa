import { useMemo } from 'preact/hooks';
import { childrenOf, type Child } from '../../data/mail/letter.ts';
import { asSchoolsSay } from '../../data/mail/schools.ts';
import { withWaiting } from '../../data/mail/sorting.ts';
import type { Notice, Pupil } from '../../data/shapes.ts';
import { useDevice } from '../device-state.tsx';

/** Her notices as she left them; null: this device has heard of none yet. */
export function useInbox(): Notice[] | null {
  const { snapshot: { inbox, schools }, outbox } = useDevice();
  return useMemo(
    () => inbox && asSchoolsSay(withWaiting(inbox.value, outbox), schools?.value ?? null, outbox), [inbox?.value, schools?.value, outbox]);
}

/** Those that lie here, and those the house found besides, as the schools say and with what waits laid over them. */
export function useWithOlder(here: readonly Notice[], older: readonly Notice[]): Notice[] {
  const { snapshot: { schools }, outbox } = useDevice();
  return useMemo(() => {
    const known = new Set(here.map(({ id }) => id));
    const besides = older.filter(({ id }) => !known.has(id));
    return besides.length === 0 ? [...here] : [...here, ...asSchoolsSay(withWaiting(besides, outbox), schools?.value ?? null, outbox)];
  }, [here, older, schools?.value, outbox]);
}

const NOBODY: readonly Child[] = [];
const NO_PUPILS: readonly Pupil[] = [];

/** Those of her household, and those of whom she hears from a school alone. */
export function useChildren(): readonly Child[] {
  const { home, schools } = useDevice().snapshot;
  const [hers, pupils] = [home?.value.children ?? NOBODY, schools?.value.pupils ?? NO_PUPILS];
  return useMemo(() => childrenOf(hers, pupils), [hers, pupils]);
}
