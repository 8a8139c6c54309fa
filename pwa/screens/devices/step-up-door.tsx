import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { hearWanted } from '../../data/step-up.ts';

/** The dialog is fetched when it is first wanted. */
export function StepUpDoor() {
  const [Dialog, show] = useState<ComponentType | null>(null);
  useEffect(() => hearWanted(() => void import('./step-up.tsx').then(({ StepUpDialog }) => show(() => StepUpDialog), reportError)), []);
  return Dialog && <Dialog />;
}
