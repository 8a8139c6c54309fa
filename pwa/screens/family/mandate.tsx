import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { EndMandate } from '../../data/documents.ts';
import { had, type Asked } from '../../data/family.ts';
import type { Mandate, Text } from '../../data/shapes.ts';
import { longDay } from '../../text/dates.ts';
import { comma } from '../../text/lists.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';
import { Trouble } from './asking.tsx';

/** Texts one after another, as one sentence has them. */
export function Words({ texts }: { texts: readonly Text[] }) {
  const { pick, language } = useSpeech();
  return <>{texts.map(pick).join(comma(language))}</>;
}

/** One mandate: who, about whom, what can be seen, until when, and its end in one tap. */
export function MandateCard({ mandate, ended }: { mandate: Mandate; ended: () => void }) {
  const { say, pick, language } = useSpeech();
  const holds = mandate.state === 'ACCEPTED';
  const name = mandate.forMe ? mandate.other : mandate.about;
  return (
    <li class="mandate" data-testid="mandate" data-state={mandate.state} data-kind={mandate.kind}>
      <h3>{name}<span class="badge">{pick(mandate.kindName)}</span></h3>
      <p class="note"><strong>{say(`family.state.${mandate.state}`)}</strong>{' '}{say('family.until')}: {longDay(mandate.endsOn, language)}</p>
      {mandate.givenBy && <p>{say('family.givenBy')}: {mandate.givenBy}</p>}
      {mandate.forMe && mandate.about !== '' && <p>{say('family.aboutWhom', { name: mandate.about })}</p>}
      {holds && !mandate.forMe && (
        <a class="button" href={`/family/${mandate.id}`}>{say('family.open', { name })}</a>
      )}
      {mandate.written.length > 0 && (
        <dl class="facts" aria-label={say('family.written')}>
          {mandate.written.map((one) => <Line key={one.label.ja} term={pick(one.label)}>{one.value}</Line>)}
        </dl>
      )}
      <details class="more">
        <summary>{say('family.items')}</summary>
        <Scope mandate={mandate} />
      </details>
      <End mandate={mandate} name={name} ended={ended} />
    </li>
  );
}

function Scope({ mandate }: { mandate: Mandate }) {
  const { say, pick } = useSpeech();
  return (
    <dl class="facts">
      <Line term={say('family.about')}>{mandate.about}</Line>
      <Line term={say('family.purpose')}>{pick(mandate.purpose)}</Line>
      {mandate.bundles.length > 0 && <Line term={say('family.scope')}><Words texts={mandate.bundles} /></Line>}
      <Line term={say('family.items')}><Words texts={mandate.items} /></Line>
      <Line term={say('family.send')}>{say(mandate.maySend ? 'family.send.yes' : 'family.send.no')}</Line>
      <Line term={say('family.hidden')}>{say('family.hidden.always')} <Words texts={mandate.hidden} /></Line>
    </dl>
  );
}

const OPEN: readonly Mandate['state'][] = ['ASKED', 'OFFERED', 'ACCEPTED'];
export const isOpen = (mandate: Mandate): boolean => OPEN.includes(mandate.state);

/** Asks once, says what it does, and does it at once. */
function End({ mandate, name, ended }: { mandate: Mandate; name: string; ended: () => void }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [asked, setAsked] = useState(false);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  if (!isOpen(mandate)) return null;
  if (!mandate.mayEnd) return <p class="note">{say('family.notYours')}</p>;
  const end = async () => {
    const { trouble: why } = await had(async () => (await ask(EndMandate, { id: mandate.id })).endMandate, 'Mandate');
    setTrouble(why);
    if (why === null) ended();
  };
  if (!asked) {
    return (
      <button type="button" class="button" data-kind="danger" disabled={!reached} onClick={() => setAsked(true)}>
        {say('family.end')}<span class="unseen">：{name}</span>
      </button>
    );
  }
  const effect = mandate.givenBy ? say('family.end.effectAboutMe', { giver: mandate.givenBy, name }) : say('family.end.effect');
  return <Sure title={say('family.end.sure', { name })} effect={effect} yes={say('family.end.yes')} act={() => void end()} close={() => setAsked(false)}>
    <Trouble trouble={trouble} to="/family" />
  </Sure>;
}

type SureProps = {
  title: string; effect: string; yes: string; no?: string; kind?: string; act: () => void; close: () => void;
  children?: preact.ComponentChildren;
};

/** A question where it stands: it takes the focus when it opens, Escape leaves it. */
export function Sure({ title, effect, yes, no, kind = 'danger-solid', act, close, children }: SureProps) {
  const { say } = useSpeech();
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div
      class="alert" data-kind={kind === 'primary' ? 'note' : undefined} role="group" aria-label={title}
      onKeyDown={(event) => { if (event.key === 'Escape') close(); }}
    >
      <p ref={heading} tabIndex={-1}><strong>{title}</strong></p>
      <p>{effect}</p>
      {children}
      <button type="button" class="button" data-kind={kind} onClick={act}>{yes}</button>
      <button type="button" class="button" data-kind="outline" onClick={close}>{no ?? say('cancel')}</button>
    </div>
  );
}
