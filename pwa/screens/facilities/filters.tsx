import { BARRIER_FREE, KINDS, LANGUAGES } from '../../data/facilities.ts';
import type { Wish } from '../../data/facility-choice.ts';
import type { OwnPlaces } from '../../device/own-places.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { pointOf, type Told } from './use-places.ts';
import { FROM_WORK } from './use-wish.ts';

/** Her ward and as many others as she likes, or all. */
export function WardChoice({ wards, choose }: { wards: readonly string[]; choose: (codes: string[]) => void }) {
  const { say, pick } = useSpeech();
  const { service } = useDevice().snapshot;
  const all = service?.value.wards ?? [];
  const first = wards[0] ?? '';
  return (
    <div class="field">
      <label for="facility-ward">{say('facilities.ward')}</label>
      <select id="facility-ward" value={wards.length > 1 ? 'all' : first} onChange={({ currentTarget: { value } }) => choose(value === 'all' ? all.map(({ code }) => code) : [value])}>
        {all.map((ward) => <option key={ward.code} value={ward.code}>{pick(ward.name)}</option>)}
        {all.length === 0 && <option value={first}>{first}</option>}
        {all.length > 0 && <option value="all">{say('facilities.allWards')}</option>}
      </select>
    </div>
  );
}

type FiltersProps = { wish: Wish; wished: (changed: Partial<Wish>) => void; own: OwnPlaces; change: (changed: Partial<OwnPlaces>) => void; told: Told };

export function Filters({ wish, wished, own, change, told }: FiltersProps) {
  const { say } = useSpeech();
  const active = [wish.age !== null, wish.vacant, wish.language, wish.barrierFree.length, wish.openNow, wish.within, wish.only].filter(Boolean).length;
  return (
    <>
      <div class="field">
        <label for="facility-words">{say('facilities.words')}</label>
        <input id="facility-words" type="search" autocomplete="off" value={wish.words} onInput={(event) => wished({ words: event.currentTarget.value })} />
      </div>
      <ul class="chips" aria-label={say('facilities.kind')}>
        {[null, ...KINDS].map((kind) => (
          <li key={kind}><button type="button" aria-pressed={wish.kind === kind} onClick={() => wished({ kind })}>{say(kind === null ? 'facilities.kind.all' : `facilities.kind.${kind}`)}</button></li>
        ))}
      </ul>
      <details class="more" data-testid="facility-filters">
        <summary>{active ? say('facilities.filtersOn', { n: active }) : say('facilities.filters')}</summary>
        <Select id="age" label={say('facilities.age')} value={wish.age === null ? '' : String(wish.age)} options={[0, 1, 2, 3, 4, 5].map((n) => [String(n), say('facilities.ageOf', { n })])} choose={(value) => wished({ age: value === '' ? null : Number(value) })} />
        <Tick id="vacant" label={say('facilities.onlyVacant')} on={wish.vacant} set={(vacant) => wished({ vacant })} />
        <Tick id="open" label={say('facilities.openNow')} on={wish.openNow} set={(openNow) => wished({ openNow })} />
        <p class="note">{say('facilities.holidays')}</p>
        <Tick id="marked" label={say('facilities.onlyMarked')} on={wish.only !== null} set={(on) => wished({ only: on ? new Set() : null })} />
        <Select id="language" label={say('facilities.language')} value={wish.language ?? ''} options={LANGUAGES.map((one) => [one, say(`facilities.language.${one}`)])} choose={(value) => wished({ language: LANGUAGES.find((one) => one === value) ?? null })} />
        <fieldset class="field">
          <legend>{say('facilities.barrierFree')}</legend>
          {BARRIER_FREE.map((one) => (
            <Tick key={one} id={one} label={say(`facilities.barrier.${one}`)} on={wish.barrierFree.includes(one)} set={(on) => wished({ barrierFree: on ? [...wish.barrierFree, one] : wish.barrierFree.filter((other) => other !== one) })} />
          ))}
        </fieldset>
        <Places own={own} change={change} told={told} wish={wish} wished={wished} />
      </details>
      <Select id="sort" label={say('facilities.sort')} value={wish.sort} options={(['near', 'name', 'vacancy'] as const).map((one) => [one, say(`facilities.sort.${one}`)])} choose={(value) => wished({ sort: (['near', 'name', 'vacancy'] as const).find((one) => one === value) ?? 'near' })} isNeeded />
    </>
  );
}

/** Home and work as towns: what she writes stays on the phone, and so does where that is. */
function Places({ own, change, told, wish, wished }: FiltersProps) {
  const { say } = useSpeech();
  const isWork = wish.from !== null;
  const written = isWork ? own.work : own.home;
  const isUnknown = written.trim() !== '' && pointOf(written, told) === null;
  return (
    <fieldset class="field">
      <legend>{say('facilities.from')}</legend>
      <p class="note">{say('facilities.fromHelp')}</p>
      <div class="languages">
        <button type="button" aria-pressed={!isWork} onClick={() => wished({ from: null })}>{say('facilities.fromHome')}</button>
        <button type="button" aria-pressed={isWork} onClick={() => wished({ from: FROM_WORK })}>{say('facilities.fromWork')}</button>
      </div>
      <label for="facility-from">{say('facilities.town')}</label>
      <input
        id="facility-from" type="text" list="facility-towns" autocomplete="off" maxLength={80} value={written} aria-describedby="facility-from-told"
        onInput={({ currentTarget: { value } }) => change(isWork ? { work: value } : { home: value })}
      />
      <datalist id="facility-towns">{[...told.towns.keys()].sort().slice(0, 400).map((town) => <option key={town} value={town} />)}</datalist>
      <p class={isUnknown ? 'error' : 'note'} id="facility-from-told" role="status">{isUnknown ? say('facilities.townUnknown') : written ? say('facilities.townKnown') : ''}</p>
      <Select id="within" label={say('facilities.within')} value={wish.within === null ? '' : String(wish.within)} options={[0.5, 1, 2, 5].map((n) => [String(n), say('facilities.km', { n })])} choose={(value) => wished({ within: value === '' ? null : Number(value) })} />
    </fieldset>
  );
}

type SelectProps = { id: string; label: string; value: string; options: readonly (readonly [string, string])[]; choose: (value: string) => void; isNeeded?: boolean };

function Select({ id, label, value, options, choose, isNeeded = false }: SelectProps) {
  const { say } = useSpeech();
  return (
    <div class="field">
      <label for={`facility-${id}`}>{label}</label>
      <select id={`facility-${id}`} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {!isNeeded && <option value="">{say('facilities.any' as Key)}</option>}
        {options.map(([one, text]) => <option key={one} value={one}>{text}</option>)}
      </select>
    </div>
  );
}

const Tick = ({ id, label, on, set }: { id: string; label: string; on: boolean; set: (on: boolean) => void }) => (
  <label class="tick" for={`facility-${id}`}>
    <input id={`facility-${id}`} type="checkbox" checked={on} onChange={(event) => set(event.currentTarget.checked)} />{label}
  </label>
);
