/**
 * What she wrote is carried over every change of the app, and back when a release is taken back. Each shelf has a number
 * that is one more than its steps; a step makes of what one version wrote what the next one reads, and is never changed
 * once it has been released. What the server told has no steps: it is asked anew (snapshot.ts).
 */

export type Plain = Record<string, unknown>;
type Step = (old: Plain) => Plain;
export type Carried = 'drafts' | 'outbox';

const STEPS: Record<Carried, readonly Step[]> = {
  drafts: [(draft) => ({ refused: [], changed: null, papers: [], ...draft, form: formOfFirst(draft['form']) })],
  outbox: [(item) => ({ tries: 0, notBefore: 0, needsSignIn: false, needsProof: null, ...item, wish: wishOfFirst(item['wish']) })],
};

export const versionOf = (shelf: Carried): number => STEPS[shelf].length + 1;

/** As this app reads it; null: a newer app wrote it, and only that one can open it. What has no number is of the first. */
export function upgraded(shelf: Carried, kept: Plain): Plain | null {
  const { v = 1, ...rest } = kept;
  if (typeof v !== 'number' || v > versionOf(shelf)) return null;
  return STEPS[shelf].slice(v - 1).reduce((old, step) => step(old), rest);
}

export const stamped = <T extends object>(shelf: Carried, value: T): T & { v: number } => ({ ...value, v: versionOf(shelf) });

const record = (value: unknown): Plain => (typeof value === 'object' && value !== null ? (value as Plain) : {});
const list = (value: unknown): Plain[] => (Array.isArray(value) ? value.map(record) : []);

/** Until there were papers, signatures made here, and fields held back until she has proved who she is. */
function formOfFirst(told: unknown): Plain {
  const form = record(told);
  const field = (one: Plain): Plain => ({ help: null, maxLength: null, minDate: null, maxDate: null, showIf: null, refuse: null, prefill: null, term: null, masked: false, choices: [], ...one });
  return {
    subject: null, signature: 'NONE', signing: 'NONE', schema: {}, heldBack: [], papers: [], ...form,
    sections: list(form['sections']).map((section) => ({ ...section, fields: list(section['fields']).map(field) })),
  };
}

function wishOfFirst(told: unknown): Plain {
  const wish = record(told);
  return wish['kind'] === 'submit' ? { digest: null, corrected: [], papers: [], ...wish, form: formOfFirst(wish['form']) } : wish;
}
