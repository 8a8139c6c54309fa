import type { ComponentChildren } from 'preact';
import type { Consent } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';

export type Extent = 'all' | 'some' | 'none';

export const extentOf = (chosen: number, of: number): Extent => (chosen === 0 || of === 0 ? 'none' : chosen === of ? 'all' : 'some');

/** A heading over several consents; each stays one of its own. */
export type Group = { id: string; name: string; purpose: string; consents: readonly Consent[] };

/** Those of home by what they are for, in the order in which they are first met. */
export function useGroups(consents: readonly Consent[]): Group[] {
  const { pick } = useSpeech();
  const groups = new Map<string, Consent[]>();
  for (const one of consents) if (one.group) groups.set(one.group.id, [...(groups.get(one.group.id) ?? []), one]);
  return [...groups].map(([id, some]) => {
    const group = some[0]?.group;
    return { id, name: group ? pick(group.name) : '', purpose: group ? pick(group.purpose) : '', consents: some };
  });
}

type GroupCardProps = {
  id: string; name: string; purpose: string; about: string; more: string; extent: Extent; disabled: boolean;
  change: (isOn: boolean) => void; children: ComponentChildren;
};

/** One switch over a group, what it is for, and the single ones behind 「くわしく」. */
export function GroupCard({ id, name, purpose, about, more, extent, disabled, change, children }: GroupCardProps) {
  const { say } = useSpeech();
  return (
    <li class="consent-card" data-testid={`consents-${id}`} data-extent={extent}>
      <label>
        <input
          type="checkbox" checked={extent === 'all'} disabled={disabled} onChange={({ currentTarget: { checked } }) => change(checked)}
          ref={(box) => { if (box) box.indeterminate = extent === 'some'; }}
        />
        <span><strong>{name}</strong><span>{purpose}</span><span class="note">{about}</span></span>
      </label>
      <details class="more">
        <summary aria-label={say('consents.about', { name, act: more })}>{more}</summary>
        <ul class="cards consents">{children}</ul>
      </details>
    </li>
  );
}
