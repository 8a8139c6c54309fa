import { useState } from 'preact/hooks';
import { effectOf } from '../../data/consents.ts';
import type { Consent } from '../../data/shapes.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import type { Decide } from './consents.tsx';
import { isFilled } from './first.tsx';
import { GivenCard, useNames } from './given.tsx';
import { extentOf, GroupCard, useGroups } from './group.tsx';

/** What came of her last press, so that it can be undone. `back`: all that her no has ended. */
type News = { words: string; back: readonly string[] };
/** `name`: of whom, or of which group; `isFilling`: it is about filling in forms alone. */
type Press = (asked: { name: string; ids: readonly string[]; isYes: boolean; isFilling?: boolean }) => Promise<void>;
type PartProps = { consents: readonly Consent[]; press: Press };

const WORDS = {
  source: { yes: 'consents.agreedNews', no: 'consents.endedNews' }, filling: { yes: 'consents.fillAgreed', no: 'consents.fillEnded' },
} as const;

/** How she has answered, in the groups she chose from; whatever else she has agreed to stands below. */
export function Standing({ consents, act }: { consents: readonly Consent[]; act: Decide }) {
  const { say } = useSpeech();
  const [news, setNews] = useState<News | null>(null);
  const press: Press = async ({ name, ids, isYes, isFilling = false }) => {
    const back = isYes ? [] : endedBy(consents, ids);
    const done = await act(isYes ? ids : [], isYes ? [] : ids);
    setNews(done ? { words: say(WORDS[isFilling ? 'filling' : 'source'][isYes ? 'yes' : 'no'], { name }), back } : null);
  };
  const undo = async (back: readonly string[]) => {
    if (await act(back, [])) setNews(null);
  };
  const others = consents.filter((one) => !one.isOfHome);
  return (
    <>
      <div role="status" data-testid="consents-news">
        {news && (
          <div class="alert" data-kind="note">
            <p>{news.words}</p>
            {news.back.length > 0 && (
              <button type="button" class="button" data-kind="outline" onClick={() => void undo(news.back)}>{say('consents.undo')}</button>
            )}
          </div>
        )}
      </div>
      <OfHome consents={consents.filter((one) => one.isOfHome)} press={press} />
      {others.length > 0 && (
        <section aria-labelledby="others">
          <h2 id="others">{say('consents.other')}</h2>
          <ul class="cards"><Cards consents={others} press={press} /></ul>
        </section>
      )}
    </>
  );
}

/** With a source also the filling in goes, when it was given; what hands something on cannot be given anew here. */
function endedBy(consents: readonly Consent[], ids: readonly string[]): string[] {
  return consents.flatMap(({ id, operator, agreedAt, filling }) => [
    ...(ids.includes(id) && operator !== null && agreedAt !== null ? [id] : []),
    ...(filling && filling.agreedAt !== null && (ids.includes(id) || ids.includes(filling.id)) ? [filling.id] : []),
  ]);
}

function Cards({ consents, press }: PartProps) {
  const { pick } = useSpeech();
  return <>{consents.map((one) => <GivenCard key={one.id} consent={one} press={(isYes) => press({ name: pick(one.name), ids: [one.id], isYes })} />)}</>;
}

function OfHome({ consents, press }: PartProps) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [busy, setBusy] = useState(false);
  const slowly: Press = (asked) => {
    setBusy(true);
    return press(asked).finally(() => setBusy(false));
  };
  const groups = useGroups(consents);
  return (
    <section aria-labelledby="of-home">
      <h2 id="of-home">{say('consents.home')}</h2>
      <ul class="cards consents">
        {groups.map(({ consents: some, ...group }) => {
          const given = some.filter(({ agreedAt }) => agreedAt !== null);
          const turn = (isYes: boolean) =>
            slowly({ name: group.name, isYes, ids: (isYes ? some.filter((one) => !given.includes(one)) : given).map(({ id }) => id) });
          return (
            <GroupCard
              {...group} key={group.id} disabled={busy || !reached} about={say('consents.groupStand', { n: some.length, k: given.length })}
              more={say('consents.oneByOne', { n: some.length })} extent={extentOf(given.length, some.length)} change={(isOn) => void turn(isOn)}
            >
              <Cards consents={some} press={press} />
            </GroupCard>
          );
        })}
        <Filling consents={consents} press={slowly} isStuck={busy || !reached} />
      </ul>
    </section>
  );
}

/** The second purpose, over those that may be asked: one tap takes it back or gives it, and what it does stands below. */
function Filling({ consents, press, isStuck }: PartProps & { isStuck: boolean }) {
  const { home } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  const named = useNames();
  const resting = consents.filter(isFilled).filter(({ agreedAt }) => agreedAt !== null);
  const given = resting.filter(({ filling }) => filling.agreedAt !== null);
  const turn = (isYes: boolean) => {
    const some = isYes ? resting.filter((one) => !given.includes(one)) : given;
    void press({ name: say('consents.fillGroup.all'), ids: some.map(({ filling }) => filling.id), isYes, isFilling: true });
  };
  return (
    <GroupCard
      id="filling" name={say('consents.fillGroup')} purpose={say(given.length > 0 ? 'consents.fill.stays' : 'consents.fill.off')}
      about={resting.length > 0 ? say('consents.groupStand', { n: resting.length, k: given.length }) : say('consents.fillGroup.first')}
      more={say('consents.oneByOneFill')} extent={extentOf(given.length, resting.length)} disabled={isStuck || resting.length === 0} change={turn}
    >
      {resting.map((one) => {
        const { prefill } = effectOf(one, home?.value ?? null);
        const isGiven = one.filling.agreedAt !== null;
        return (
          <li key={one.id}>
            <label class="consent-fill">
              <input
                type="checkbox" checked={isGiven} disabled={isStuck} data-testid={`fills-${one.id}`}
                onChange={({ currentTarget: { checked } }) => void press({ name: pick(one.name), ids: [one.filling.id], isYes: checked, isFilling: true })}
              />
              <span>{pick(one.name)}</span>
            </label>
            {isGiven && prefill.length > 0 && <p class="note">{say('consents.fill.effect', { steps: named(prefill) })}</p>}
          </li>
        );
      })}
    </GroupCard>
  );
}
