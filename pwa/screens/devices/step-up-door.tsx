import { useEffect, useState } from 'preact/hooks';
import { hearWanted, wantedProof } from '../../data/step-up.ts';
import { later } from '../parts/later.tsx';

const dialog = later(async () => (await import('./step-up.tsx')).StepUpDialog, () => null, () => null);

/** The dialog is fetched when it is first wanted. */
export function StepUpDoor() {
  const isWantedNow = () => wantedProof() !== null;
  const [isWanted, want] = useState(isWantedNow);
  useEffect(() => hearWanted(() => want(isWantedNow())), []);
  return isWanted ? <dialog.Room /> : null;
}
