import type { Text } from '../../data/shapes.ts';
import type { Asked } from '../../data/together.ts';
import type { Draft } from '../../device/drafts.ts';
import { comma } from '../../text/lists.ts';
import { useSpeech } from '../device-state.tsx';

/** For which of the procedures something is asked. */
export function useForWhich(): (asked: Asked, parts: readonly Draft[]) => string {
  const { pick, say, language } = useSpeech();
  return (asked, parts) => {
    const forms = parts.filter((draft) => asked.places.some((place) => place.step === draft.step));
    if (forms.length === parts.length && parts.length > 1) return say('together.forAll', { n: parts.length });
    const names = forms.map((draft) => pick(draft.form.title)).join(comma(language));
    return say('together.forThese', { names });
  };
}

/** What goes to one office. */
export type Office<T> = { name: Text; parts: T[] };

export function byOffice<T>(parts: readonly T[], officeOf: (part: T) => Text): Office<T>[] {
  const found = new Map<string, Office<T>>();
  for (const part of parts) {
    const name = officeOf(part);
    const office = found.get(name.ja) ?? { name, parts: [] };
    office.parts.push(part);
    found.set(name.ja, office);
  }
  return [...found.values()];
}
