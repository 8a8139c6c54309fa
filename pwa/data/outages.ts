import type { Source, Text } from './shapes.ts';

/** A source that is or will be closed for planned work; `asOf` is the time of what is still shown of it. */
export type Outage = { id: string; name: Text; begins: string; ends: string; text: Text; asOf: string | null; isOn: boolean };

/** Those under way or to come at this moment, the next one first: what a device kept yesterday may be over today. */
export function outagesOf(sources: readonly Pick<Source, 'id' | 'name' | 'asOf' | 'outage'>[], now = new Date()): Outage[] {
  return sources
    .flatMap(({ id, name, asOf, outage }) => (outage ? [{ id, name, asOf, ...outage }] : []))
    .filter(({ ends }) => Date.parse(ends) > now.valueOf())
    .map((outage) => ({ ...outage, isOn: Date.parse(outage.begins) <= now.valueOf() }))
    .sort((one, other) => Date.parse(one.begins) - Date.parse(other.begins));
}
