import { useState } from 'preact/hooks';
import type { Wish } from '../../data/moving.ts';
import type { Difference } from '../../data/shapes.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

type CompareProps = {
  begun: { toWard: string; movesOn: string };
  family: Difference['family'];
  /** null: everyone moves. */
  moving: string[] | null;
  look: (wish: Wish) => Promise<void>;
};

/** Where to, when, and who. */
export function Compare({ begun, family, moving, look }: CompareProps) {
  const { service } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  const [toWard, setTo] = useState(begun.toWard);
  const [movesOn, setDay] = useState(begun.movesOn);
  const [staying, setStaying] = useState<string[]>(
    moving === null ? [] : family.map((one) => one.id).filter((id) => !moving.includes(id)),
  );
  const people = staying.length === 0 ? null : family.map((one) => one.id).filter((id) => !staying.includes(id));
  const isWhole = toWard !== '' && movesOn !== '' && people?.length !== 0;
  const send = (event: Event) => {
    event.preventDefault();
    if (isWhole) void look({ toWard, movesOn, people });
  };
  const turn = (id: string) =>
    setStaying(staying.includes(id) ? staying.filter((other) => other !== id) : [...staying, id]);
  return (
    <form class="box compare" onSubmit={send} noValidate>
      <label for="move-to">{say('move.to')}</label>
      <select id="move-to" value={toWard} onChange={(event) => setTo(event.currentTarget.value)}>
        <option value="">{say('ask.choose')}</option>
        {(service?.value.wards ?? []).map((ward) => <option key={ward.code} value={ward.code}>{pick(ward.name)}</option>)}
        <option value="tokyo">{say('move.tokyo')}</option>
        <option value="beyond">{say('move.beyond')}</option>
      </select>
      <label for="move-on">{say('move.day')}</label>
      <p class="note" id="move-on-help">{say('move.dayHelp')}</p>
      <input
        id="move-on" type="date" min={service?.value.movesFrom ?? undefined} max={service?.value.movesTo ?? undefined}
        value={movesOn} aria-describedby="move-on-help" onInput={(event) => setDay(event.currentTarget.value)}
      />
      {family.length > 1 && (
        <fieldset>
          <legend>{say('move.who')}</legend>
          {family.map((one) => (
            <label key={one.id} class="tick">
              <input type="checkbox" checked={!staying.includes(one.id)} onChange={() => turn(one.id)} /> {one.name}
            </label>
          ))}
        </fieldset>
      )}
      <button class="button" disabled={!isWhole}>{say('move.compare')}</button>
    </form>
  );
}
