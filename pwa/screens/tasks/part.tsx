import { useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { RenewPart, TakeBackPart } from '../../data/documents.ts';
import { daysAhead, had, type Asked } from '../../data/family.ts';
import type { Part } from '../../data/shapes.ts';
import { isOpen, isStuck, linkOf } from '../../data/tasks.ts';
import { dayAndTime, longDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Trouble } from '../family/asking.tsx';
import { Line } from '../parts/line.tsx';

/** One paper she asked for: whose turn it is since when, the link once more, and what she can do. */
export function PartCard({ part, again }: { part: Part; again: () => void }) {
  const { say, pick, language } = useSpeech();
  const live = isOpen(part) || isStuck(part);
  return (
    <li class="step-card" data-testid="part" data-state={part.state}>
      <h3>{pick(part.title)}</h3>
      <p class="badges"><span class="badge" data-state={part.state === 'DONE' ? 'DONE' : isStuck(part) ? 'UNHEARD' : 'ASK'}>{say(`parts.${part.state}`)}</span></p>
      {isOpen(part) && <p><strong>{say('parts.whose', { name: part.to })}</strong> {say('parts.since', { day: dayAndTime(part.askedAt, language) })}</p>}
      <dl class="facts">
        <Line term={say('parts.asked')}>{part.to}</Line>
        {isOpen(part) && <Line term={say('parts.endsOn')}>{longDay(part.endsOn, language)}</Line>}
        {part.reason !== null && <Line term={say('parts.reason')}>{part.reason}</Line>}
      </dl>
      {isOpen(part) && <p class="note">{part.openedAt === null ? say('parts.unopened') : say('parts.opened', { time: dayAndTime(part.openedAt, language) })}</p>}
      {part.written.length > 0 && (
        <details class="more">
          <summary>{say('parts.written')}</summary>
          <dl class="facts">{part.written.map((one) => <Line key={one.label.ja} term={pick(one.label)}>{pick(one.value)}</Line>)}</dl>
        </details>
      )}
      {isOpen(part) && <details class="more"><summary>{say('parts.link')}</summary><LinkOf part={part} /></details>}
      {live && <Change part={part} again={again} />}
    </li>
  );
}

/** The link to hand on: shared, copied, or held out as a square for a camera. */
export function LinkOf({ part }: { part: Part }) {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const link = linkOf(part);
  const copy = () => navigator.clipboard.writeText(link).then(() => setCopied(true), () => undefined);
  return (
    <>
      <p class="note link-text" data-testid="part-link">{link}</p>
      {'share' in navigator && (
        <button type="button" class="button" onClick={() => void navigator.share({ url: link }).catch(() => undefined)}>{say('parts.share')}</button>
      )}
      <button type="button" class="button" data-kind="outline" onClick={() => void copy()}>{say('parts.copy')}</button>
      <p role="status">{copied && say('parts.copied')}</p>
      {part.square && (
        <svg class="square" viewBox={`0 0 ${part.square.side} ${part.square.side}`} role="img" aria-label={say('parts.square', { name: part.to })} shape-rendering="crispEdges">
          <path d={part.square.path} stroke="#000" />
        </svg>
      )}
    </>
  );
}

function Change({ part, again }: { part: Part; again: () => void }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const days = daysAhead(part.longestDays);
  const [endsOn, setEndsOn] = useState(daysAhead(Math.min(14, part.longestDays)).usual);
  const [sure, setSure] = useState(false);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const told = ({ value, trouble: why }: Asked<unknown>) => {
    setTrouble(why);
    if (value) again();
  };
  const renew = async () => told(await had(async () => (await ask(RenewPart, { id: part.id, endsOn })).renewPart, 'Part'));
  const takeBack = async () => told(await had(async () => (await ask(TakeBackPart, { id: part.id })).takeBackPart, 'Part'));
  return (
    <>
      <details class="more" open={isStuck(part)}>
        <summary>{say('parts.renew')}</summary>
        <div class="field">
          <label for={`until-${part.id}`}>{say('parts.until')}</label>
          <input id={`until-${part.id}`} type="date" min={days.min} max={days.max} value={endsOn} onInput={(event) => setEndsOn(event.currentTarget.value)} />
          <p class="note">{say('parts.renewHelp')}</p>
        </div>
        <button type="button" class="button" data-kind="outline" disabled={!reached} onClick={() => void renew()}>{say('parts.renew')}</button>
      </details>
      {sure && <p role="alert">{say('parts.takeBackSure')}</p>}
      <button type="button" class="button" data-kind="danger" disabled={!reached} onClick={() => (sure ? void takeBack() : setSure(true))}>{say('parts.takeBack')}</button>
      <Trouble trouble={trouble} to="/parts" />
    </>
  );
}
