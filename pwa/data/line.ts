/** The line to the server as this tab knows it; held in memory only. */
export type Line = {
  /** false: the network is off, or the last request found nobody */
  reached: boolean;
  refreshing: boolean;
  /** true: the last refresh found the server there but without an answer */
  failed: boolean;
  /** Until when what was asked is put off, since too many ask at once (milliseconds since 1970); null: it is not. */
  crowdedUntil: number | null;
  /** true: just back from the sign-in, and who it is has not been told yet */
  arriving: boolean;
  /** How many things of another person lie here unsent; while there are any, the one signed in has a choice to make. */
  unsentOfAnother: number;
  /** Sources still to answer in the refresh under way; null: not told yet. */
  remaining: number | null;
  /** Ids of the bodies that are being asked about her records. */
  asking: readonly string[];
  /** true: the house does not know what this app asks; it is of another release */
  outdated: boolean;
  /** true: the device has no room for what she writes */
  full: boolean;
};

let line: Line = {
  reached: navigator.onLine, refreshing: false, failed: false, crowdedUntil: null, arriving: false, unsentOfAnother: 0, remaining: null,
  asking: [], outdated: false, full: false,
};
const ears = new Set<() => void>();

export const readLine = (): Line => line;

export function changeLine(change: Partial<Line>): void {
  line = { ...line, ...change };
  ears.forEach((ear) => ear());
}

export function heard(reached: boolean): void {
  if (line.reached !== reached) changeLine({ reached });
}

export function hearLine(ear: () => void): () => void {
  ears.add(ear);
  return () => ears.delete(ear);
}
