import type { Home, Step } from './shapes.ts';

/** Every step of her plan, each once though it stands in two bundles; in each what is open on demand comes last. */
export function stepsOf(home: Home): Step[] {
  const every = home.bundles.flatMap((bundle) => [...bundle.steps, ...onDemand(bundle)]);
  return [...new Map(every.map((step) => [step.id, step])).values()];
}

/** Open to her although nothing asks her to; a copy of home from before these were told has none. */
export const onDemand = (bundle: Pick<Home['bundles'][number], 'more'>): readonly Step[] =>
  (bundle.more as Step[] | undefined) ?? [];
