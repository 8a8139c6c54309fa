import { useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { ShowFamily } from '../../data/documents.ts';
import { had } from '../../data/family.ts';
import type { Family, Mandate, SeenByGuardians } from '../../data/shapes.ts';
import { longDay } from '../../text/dates.ts';
import { comma } from '../../text/lists.ts';
import { useSpeech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';
import { Page } from '../parts/page.tsx';
import { Acting } from './acting.tsx';
import { Trouble, useAsked } from './asking.tsx';
import { Confirm } from './confirm.tsx';
import { Invite } from './invite.tsx';
import { Join } from './join.tsx';
import { MandateCard, Words, isOpen } from './mandate.tsx';
import { Waiting } from '../parts/states.tsx';

/** The room of the family: its list, and the pages below it. */
export function FamilyRoom({ id }: { id: string | null }) {
  switch (id) {
    case null: return <FamilyScreen />;
    case 'invite': return <Invite />;
    case 'join': return <Join />;
    case 'confirm': return <Confirm />;
    default: return <Acting key={id} id={id} />;
  }
}

export const askFamily = () => had(async () => {
  const { viewer } = await ask(ShowFamily, {});
  return viewer && { __typename: 'Viewer' as const, ...viewer };
}, 'Viewer');

function FamilyScreen() {
  const { say } = useSpeech();
  const { value, trouble, again } = useAsked(askFamily, 'family');
  const [news, tell] = useState('');
  const ended = () => {
    tell(say('family.ended'));
    again();
  };
  return (
    <Page title={say('family.title')} back="/settings">
      <p>{say('family.lead')}</p>
      <p role="status" class="note" data-testid="family-news">{news}</p>
      <Trouble trouble={trouble} again={again} to="/family" />
      {value === null && trouble === null && <Waiting>{say('loading')}</Waiting>}
      {value && <Told family={value.family} seen={value.seenByGuardians ?? null} ended={ended} />}
      <p class="lone-link"><a href="/readings">{say('family.toReadings')}</a></p>
    </Page>
  );
}

type ToldProps = { family: Family; seen: SeenByGuardians | null; ended: () => void };

function Told({ family, seen, ended }: ToldProps) {
  const { say } = useSpeech();
  return (
    <>
      {seen && <Seen seen={seen} />}
      {family.aboutMe.length > 0 && (
        <Side title={say('family.aboutMe')} none={say('family.aboutMe.none')} mandates={family.aboutMe} ended={ended}>
          <p class="note">{say('family.aboutMe.lead')}</p>
        </Side>
      )}
      <Side title={say('family.actedForBy')} none={say('family.actedForBy.none')} mandates={family.actedForBy} ended={ended}>
        <a class="button" data-kind="outline" href="/family/invite">{say('family.invite')}</a>
      </Side>
      <Side title={say('family.actsFor')} none={say('family.actsFor.none')} mandates={family.actsFor} ended={ended}>
        <a class="button" data-kind="outline" href="/family/join">{say('family.join')}</a>
        <a class="button" data-kind="outline" href="/family/confirm">{say('family.confirm')}</a>
      </Side>
      {!seen && <Children family={family} />}
    </>
  );
}

type SideProps = {
  title: string; none: string; mandates: readonly Mandate[]; ended: () => void; children: preact.ComponentChildren;
};

function Side({ title, none, mandates, ended, children }: SideProps) {
  const { say } = useSpeech();
  const open = mandates.filter(isOpen);
  const past = mandates.filter((one) => !isOpen(one));
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {open.length === 0 && <p>{none}</p>}
      <ul class="cards">{open.map((one) => <MandateCard key={one.id} mandate={one} ended={ended} />)}</ul>
      {children}
      {past.length > 0 && (
        <details class="more">
          <summary>{say('family.past', { n: past.length })}</summary>
          <ul class="cards">{past.map((one) => <MandateCard key={one.id} mandate={one} ended={ended} />)}</ul>
        </details>
      )}
    </section>
  );
}

function Children({ family }: { family: Family }) {
  const { say, pick, language } = useSpeech();
  return (
    <section aria-label={say('family.children')}>
      <h2>{say('family.children')}</h2>
      {family.children.length === 0 && <p>{say('family.noChildren')}</p>}
      <ul class="cards">
        {family.children.map((child) => (
          <li class="mandate" key={child.id} data-testid="child">
            <h3>{child.name}</h3>
            <p class="note">{say('family.child.until', { day: longDay(child.ofAgeOn, language) })}</p>
            <p class="note">{child.hasOwnAccount ? say('family.child.has') : say('family.child.sees', { day: longDay(child.seesFrom, language) })}</p>
            {child.others.length > 0 && <p>{say('family.child.others', { names: child.others.join(comma(language)) })}</p>}
          </li>
        ))}
      </ul>
      {family.children.length > 0 && (
        <div class="box">
          <h3>{say('family.rights')}</h3>
          <ul class="plain">{family.rights.map((one) => <li key={one.en}>{pick(one)}</li>)}</ul>
        </div>
      )}
      <p class="note">{say('family.otherParent')}</p>
    </section>
  );
}

/** A teenager sees who sees her, and the very things they see. */
function Seen({ seen }: { seen: SeenByGuardians }) {
  const { say, pick, language } = useSpeech();
  const none = say('family.seen.none');
  return (
    <section aria-label={say('family.seen')} data-testid="seen-by-guardians">
      <h2>{say('family.seen')}</h2>
      <p>{say('family.seen.lead')}</p>
      <ul class="cards">
        {seen.watchers.map((one) => (
          <li class="mandate" key={one.name + one.kind.en}>
            <h3>{one.name}</h3>
            <p class="note">{pick(one.kind)}</p>
            <dl class="facts">
              <Line term={say('family.items')}><Words texts={one.items} /></Line>
              <Line term={say('family.until')}>{longDay(one.until, language)}</Line>
            </dl>
          </li>
        ))}
      </ul>
      <dl class="facts">
        <Line term={say('family.seen.steps')}>{seen.steps.length ? <Words texts={seen.steps} /> : none}</Line>
        <Line term={say('family.seen.applications')}>{seen.applications.length ? <Words texts={seen.applications.map(({ title }) => title)} /> : none}</Line>
      </dl>
    </section>
  );
}
