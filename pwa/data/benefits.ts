import type { Home, Step } from './shapes.ts';

/** Each once though it stands in two bundles; what closes first comes first, what never closes last. */
export function benefitsOf(home: Home): Step[] {
  const every = home.bundles.flatMap((bundle) => bundle.steps).filter((step) => step.category === 'BENEFIT');
  const once = [...new Map(every.map((step) => [step.id, step])).values()];
  return once.sort((one, other) => (one.due ?? '9999').localeCompare(other.due ?? '9999'));
}
