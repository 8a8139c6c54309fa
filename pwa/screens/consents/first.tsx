import { useState } from 'preact/hooks';
import type { Consent } from '../../data/shapes.ts';
import { comma } from '../../text/lists.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import type { Decide } from './consents.tsx';
import { Details } from './details.tsx';
import { extentOf, GroupCard, useGroups } from './group.tsx';

type Filled = Consent & { filling: NonNullable<Consent['filling']> };

export const isFilled = (consent: Consent): consent is Filled => consent.filling !== null;

/** All that would be asked stands here by what it is for, and nothing is chosen for her: all, some or none in a few taps. */
export function FirstTime({ consents, act }: { consents: readonly Consent[]; act: Decide }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [chosen, choose] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const everything = consents.flatMap(({ id, filling }) => (filling ? [id, filling.id] : [id]));
  const some = consents.filter(({ id }) => chosen.includes(id));
  const send = (yes: readonly string[]) => {
    setBusy(true);
    void act(yes, consents.map(({ id }) => id).filter((id) => !yes.includes(id))).finally(() => setBusy(false));
  };
  const stuck = busy || !reached || consents.length === 0;
  return (
    <div data-testid="consents-first">
      <Groups consents={consents} chosen={chosen} choose={choose} />
      <div class="consent-acts">
        <p>{say('consents.allMeans')}</p>
        <button type="button" class="button" data-kind="primary" disabled={stuck} onClick={() => send(everything)}>
          {say('consents.all', { n: consents.length })}
        </button>
        {chosen.length > 0 && (
          <button type="button" class="button" data-kind="outline" disabled={stuck} onClick={() => send(chosen)}>
            {say('consents.some', { n: some.length })}
          </button>
        )}
        {chosen.length === 0 && (
          <button type="button" class="button" data-kind="outline" disabled={stuck} onClick={() => send([])}>{say('consents.none')}</button>
        )}
        <p class="note">{say('consents.noneHelp')}</p>
      </div>
    </div>
  );
}

type GroupsProps = { consents: readonly Consent[]; chosen: readonly string[]; choose: (ids: readonly string[]) => void };

/** Filling in rests on the source: its yes brings the other, and goes with it. */
function Groups({ consents, chosen, choose }: GroupsProps) {
  const { say, pick, language } = useSpeech();
  const groups = useGroups(consents);
  const filled = consents.filter(isFilled);
  const resting = filled.filter(({ id }) => chosen.includes(id));
  const add = (ids: readonly string[]) => choose([...new Set([...chosen, ...ids])]);
  const drop = (ids: readonly string[]) => choose(chosen.filter((one) => !ids.includes(one)));
  const dropSources = (some: readonly Consent[]) => drop(some.flatMap(({ id, filling }) => (filling ? [id, filling.id] : [id])));
  const names = (some: readonly Consent[]) => some.map(({ name }) => pick(name)).join(comma(language));
  return (
    <section aria-labelledby="by-purpose">
      <h2 id="by-purpose">{say('consents.together')}</h2>
      <ul class="cards consents">
        {groups.map(({ consents: some, ...group }) => (
          <GroupCard
            {...group} key={group.id} disabled={false} about={names(some)} more={say('consents.oneByOne', { n: some.length })}
            extent={extentOf(some.filter(({ id }) => chosen.includes(id)).length, some.length)}
            change={(isOn) => (isOn ? add(some.map(({ id }) => id)) : dropSources(some))}
          >
            {some.map((one) => (
              <Choice key={one.id} consent={one} isChosen={chosen.includes(one.id)} toggle={(isOn) => (isOn ? add([one.id]) : dropSources([one]))} />
            ))}
          </GroupCard>
        ))}
        <GroupCard
          id="filling" name={say('consents.fillGroup')} purpose={say('consents.fillGroup.for')} disabled={resting.length === 0}
          about={resting.length > 0 ? names(resting) : say('consents.fillGroup.first')} more={say('consents.oneByOneFill')}
          extent={extentOf(resting.filter(({ filling }) => chosen.includes(filling.id)).length, resting.length)}
          change={(isOn) => (isOn ? add : drop)(resting.map(({ filling }) => filling.id))}
        >
          {filled.map((one) => (
            <li key={one.id}>
              <label class="consent-fill">
                <input
                  type="checkbox" checked={chosen.includes(one.filling.id)} data-testid={`fills-${one.id}`}
                  onChange={({ currentTarget: { checked } }) => (checked ? add([one.id, one.filling.id]) : drop([one.filling.id]))}
                />
                <span>{pick(one.name)}</span>
              </label>
            </li>
          ))}
        </GroupCard>
      </ul>
    </section>
  );
}

type ChoiceProps = { consent: Consent; isChosen: boolean; toggle: (isOn: boolean) => void };

function Choice({ consent, isChosen, toggle }: ChoiceProps) {
  const { pick } = useSpeech();
  return (
    <li class="consent-single" data-testid={`consent-${consent.id}`}>
      <label>
        <input type="checkbox" checked={isChosen} onChange={({ currentTarget: { checked } }) => toggle(checked)} />
        <span>
          <strong>{pick(consent.name)}</strong>
          <span class="note">{consent.operatorName && pick(consent.operatorName)}</span>
          <span>{pick(consent.tells)}</span>
        </span>
      </label>
      <Details consent={consent} />
    </li>
  );
}
