import { useEffect, useRef } from 'preact/hooks';
import type { Pupil } from '../../data/shapes.ts';
import { longDay } from '../../text/dates.ts';
import type { Key } from '../../text/speak.ts';
import { comma, ranged } from '../../text/lists.ts';
import { useSpeech } from '../device-state.tsx';
import { Page } from '../parts/page.tsx';
import { hasHour, type Report } from './absence.tsx';

type LookOverProps = { wish: Report; pupil: Pupil; isLate: boolean; again: boolean; send: () => void; back: () => void };

/** What is about to be told, once more in one piece: the right child, the right days. */
export function LookOver({ wish, pupil, isLate, again, send, back }: LookOverProps) {
  const { say, language } = useSpeech();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const { what, fromOn, toOn, time, symptoms, reason, note, pickUp } = wish;
  const hour = hasHour(what);
  const days = hour || toOn === fromOn ? longDay(fromOn, language) : ranged([longDay(fromOn, language), longDay(toOn, language)], language);
  const rows: [Key, string][] = [
    ['absence.who', `${pupil.name}　${pupil.school}　${pupil.className}`],
    ['absence.what', say(`absence.kind.${what}`)],
    ['absence.days', days],
    [what === 'LATE' ? 'absence.time.LATE' : 'absence.time.EARLY', hour ? time : ''],
    ['absence.symptoms', what === 'SICK' ? symptoms.map((one) => say(`absence.symptom.${one}` as Key)).join(comma(language)) : ''],
    ['absence.reason', reason], ['absence.note', note], ['absence.pickUp', pickUp],
  ];
  return (
    <Page title={say(again ? 'absence.correct' : 'absence.title')} back="/school">
      <h2 tabIndex={-1} ref={head}>{say('absence.lookTitle')}</h2>
      <dl class="facts" data-testid="look-over">
        {rows.filter(([, said]) => said.trim() !== '').map(([label, said]) => <div key={label}><dt>{say(label)}</dt><dd>{said}</dd></div>)}
      </dl>
      {isLate && <p class="note">{say('absence.late', { time: pupil.cutOff })}</p>}
      <p><button type="button" class="button" onClick={send}>{say(again ? 'absence.sendAgain' : 'absence.send')}</button></p>
      <p><button type="button" class="button" data-kind="outline" onClick={back}>{say('absence.lookBack')}</button></p>
      <p class="note apart">{say('absence.offline')}</p>
    </Page>
  );
}
