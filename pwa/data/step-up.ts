/**
 * She proves once more who she is, where she stands. Whoever meets `StepUpNeeded` calls `proveFirst`, and goes on when
 * it tells true; what she wrote stays on the device whatever comes of it.
 */

/** `to`: where the card brings her back, to go on there. */
export type Wanted = { cardOnly: boolean; to: string };
type Open = Wanted & { done: (proved: boolean) => void };

let open: Open | null = null;
const ears = new Set<() => void>();

export const wantedProof = (): Open | null => open;

export function hearWanted(ear: () => void): () => void {
  ears.add(ear);
  return () => ears.delete(ear);
}

/** Shows the dialog. True: proved. False: she thought better of it. Leaving for the card, it never settles. */
export function proveFirst(wanted: Wanted): Promise<boolean> {
  open?.done(false);
  return new Promise((resolve) => {
    const done = (proved: boolean) => {
      open = null;
      ears.forEach((ear) => ear());
      resolve(proved);
    };
    open = { ...wanted, done };
    ears.forEach((ear) => ear());
  });
}

/** Leaves for the card and comes back to `to` in the same session, more surely. */
export const cardPath = (to: string): string => `/login/start?purpose=step_up&to=${encodeURIComponent(to)}`;
