import { useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { AskPart } from '../../data/documents.ts';
import { daysAhead, had, type Asked } from '../../data/family.ts';
import type { AskablePart, Part } from '../../data/shapes.ts';
import { askAskable, askParts } from '../../data/tasks.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Trouble, useAsked } from '../family/asking.tsx';
import { Page } from '../parts/page.tsx';
import { findStep } from '../step.tsx';
import { LinkOf, PartCard } from './part.tsx';
import { Empty } from '../parts/states.tsx';

/** What she asked of others, or the asking itself for one step. */
export function PartsScreen({ step }: { step: string | null }) {
  return step === null ? <All /> : <Asking step={step} />;
}

function All() {
  const { say } = useSpeech();
  const { value, trouble, again } = useAsked(askParts, 'parts');
  return (
    <Page title={say('parts.title')} back="/applications">
      <p>{say('parts.lead')}</p>
      <Trouble trouble={trouble} again={again} to="/parts" />
      {value?.parts.length === 0 && <Empty>{say('parts.none')}<br /><span class="note">{say('parts.noneHelp')}</span></Empty>}
      {value && <ul class="cards">{value.parts.map((part) => <PartCard key={part.id} part={part} again={again} />)}</ul>}
    </Page>
  );
}

function Asking({ step }: { step: string }) {
  const { say, pick } = useSpeech();
  const { home } = useDevice().snapshot;
  const { value, trouble, again } = useAsked(() => askAskable(step), step);
  const asked = useAsked(askParts, `parts ${step}`);
  const [made, setMade] = useState<Part | null>(null);
  const mine = asked.value?.parts.filter((part) => part.step === step) ?? [];
  const known = findStep(home, step);
  const left = value?.askableParts.filter((one) => !mine.some((part) => part.part === one.id && part.state === 'ASKED')) ?? [];
  return (
    <Page title={say('parts.ask')} back={`/step/${encodeURIComponent(step)}`} lead={known && <p>{pick(known.name)}</p>}>
      <p>{say('parts.lead')} {say('parts.askLead')}</p>
      <Trouble trouble={trouble ?? asked.trouble} again={again} to={`/parts/${encodeURIComponent(step)}`} />
      {made && <section class="box" role="status"><h2>{say('parts.made', { name: made.to })}</h2><p>{say('parts.madeHelp')}</p><LinkOf part={made} /></section>}
      {value?.askableParts.length === 0 && <p>{say('parts.nothing')}</p>}
      {left.length > 0 && <Wish key={left.length} step={step} parts={left} made={(part) => { setMade(part); asked.again(); }} />}
      {mine.length > 0 && (
        <section aria-labelledby="asked">
          <h2 id="asked">{say('parts.title')}</h2>
          <ul class="cards">{mine.map((part) => <PartCard key={part.id} part={part} again={asked.again} />)}</ul>
        </section>
      )}
    </Page>
  );
}

type WishProps = { step: string; parts: readonly AskablePart[]; made: (part: Part) => void };

function Wish({ step, parts, made }: WishProps) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [part, choose] = useState(parts[0] as AskablePart);
  const days = daysAhead(part.longestDays);
  const soon = daysAhead(Math.min(14, part.longestDays)).usual;
  const [to, setTo] = useState('');
  const [endsOn, setEndsOn] = useState(soon);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    const input = { step, part: part.id, to, endsOn };
    const told = await had(async () => (await ask(AskPart, { input })).askPart, 'Part');
    setTrouble(told.trouble);
    if (told.value) made(told.value);
  };
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <fieldset class="field">
        <legend>{say('parts.what')}</legend>
        <div class="options">
          {parts.map((one) => (
            <label class="option" key={one.id}>
              <input type="radio" name="part" checked={one.id === part.id} onChange={() => choose(one)} />
              <span>{pick(one.name)}<br /><span class="note">{pick(one.askedOf)}</span></span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="field">
        <label for="part-to">{say('parts.to')}</label>
        <input id="part-to" type="text" autoComplete="off" maxLength={60} value={to} aria-required onInput={(event) => setTo(event.currentTarget.value)} />
      </div>
      <div class="field">
        <label for="part-until">{say('parts.until')}</label>
        <input id="part-until" type="date" min={days.min} max={days.max} value={endsOn} onInput={(event) => setEndsOn(event.currentTarget.value)} />
      </div>
      <Trouble trouble={trouble} to={`/parts/${encodeURIComponent(step)}`} />
      <button class="button" disabled={!reached}>{say('parts.make')}</button>
    </form>
  );
}
