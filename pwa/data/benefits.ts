import type { Home, Step } from './shapes.ts';
import { stepsOf } from './steps.ts';

/** Each once though it stands in two bundles; what closes first comes first, what never closes last. */
export function benefitsOf(home: Home): Step[] {
  return stepsOf(home).filter((step) => step.category === 'BENEFIT').sort((one, other) => (one.due ?? '9999').localeCompare(other.due ?? '9999'));
}
