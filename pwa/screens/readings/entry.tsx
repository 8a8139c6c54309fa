import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Reading } from '../../data/shapes.ts';
import { dayAndTime, longDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';
import { AskPanel } from './ask-panel.tsx';

type EntryProps = { reading: Reading; children?: ComponentChildren };

/** One look: who, when, what, why, on what ground, and what she may do about it; below it (`children`) others like it. */
export function Entry({ reading, children }: EntryProps) {
  const { say, pick, language } = useSpeech();
  return (
    <li class="body-card" data-testid={`reading-${reading.kind}`} data-refused={reading.isRefused}>
      <h3 id={`entry-${reading.id}`} tabIndex={-1}>{pick(reading.sourceName)}</h3>
      <p class="note">
        {dayAndTime(reading.at, language)}　<span class="badge">{say(`readings.kind.${reading.kind}`)}</span>
        {reading.isRefused && <span class="badge refused-badge">{say('readings.refused')}</span>}
      </p>
      {reading.incoming && <p class="note" data-testid="incoming">{say('readings.incoming')}</p>}
      <dl class="facts told-lines">
        {reading.who && <Line term={say('readings.who')}>{pick(reading.who)}</Line>}
        {reading.operatorName && <Line term={say('readings.operator')}>{pick(reading.operatorName)}</Line>}
        <Line term={say('readings.purpose')}>{pick(reading.purpose)}</Line>
        {reading.case !== null && <Line term={say('readings.case')}>{reading.case}</Line>}
        <Line term={say('readings.outcome')}>{pick(reading.outcome)}</Line>
      </dl>
      <details class="more">
        <summary>{say('readings.basis')}</summary>
        <dl class="facts told-lines">
          <Line term={say(reading.incoming ? 'readings.basis' : 'records.basis')}>{pick(reading.basis)}</Line>
          {reading.law !== null && <Line term={say('readings.law')}>{reading.law}</Line>}
        </dl>
      </details>
      <Asked reading={reading} />
      <Asking reading={reading} />
      {children}
    </li>
  );
}

/** What she asked about it, and how that stands. */
function Asked({ reading: { question } }: { reading: Reading }) {
  const { say, pick, language } = useSpeech();
  if (!question) return null;
  return (
    <div class="consent-effect" data-testid="question" data-answered={question.answeredAt !== null}>
      <p><strong>{say(question.answeredAt !== null ? 'readings.answered' : 'readings.waiting', { ward: pick(question.ward.name) })}</strong></p>
      <p class="note">{say(`readings.${question.kind}`)}（{dayAndTime(question.askedAt, language)}）</p>
      <p class="own-words">{question.text}</p>
      <Files files={question.files} />
      {question.answeredAt === null
        ? <p class="note">{say('readings.due', { day: longDay(question.due, language) })}</p>
        : (
          <>
            <p class="note">{question.office}　{dayAndTime(question.answeredAt, language)}</p>
            <p class="own-words">{question.answer}</p>
          </>
        )}
    </div>
  );
}

type HandedFiles = NonNullable<Reading['question']>['files'];

/** What she sent with it, to be opened again; a copy kept from before files could be sent knows of none. */
function Files({ files = [] }: { files?: HandedFiles }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  if (files.length === 0) return null;
  const named = (file: HandedFiles[number], n: number) => say(file.mediaType === 'application/pdf' ? 'attach.pdf' : 'attach.picture', { n: n + 1, size: Math.ceil(file.size / 1024) });
  return (
    <ul class="links" data-testid="question-files">
      {files.map((file, n) => (
        <li key={file.id}>{reached ? <a href={`/uploads/${file.id}`} download>{named(file, n)}</a> : named(file, n)}</li>
      ))}
    </ul>
  );
}

const entryOf = (id: string) => document.getElementById(`entry-${id}`);

/** A way to ask, as long as nothing stands open about this entry. */
function Asking({ reading }: { reading: Reading }) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [open, setOpen] = useState(false);
  if (reading.question && reading.question.answeredAt === null) return null;
  const close = () => {
    setOpen(false);
    setTimeout(() => entryOf(reading.id)?.focus());
  };
  if (open) return <AskPanel reading={reading} close={close} />;
  return (
    <div class="doing">
      <button
        type="button" class="button" data-kind="quiet" disabled={!reached} onClick={() => setOpen(true)}
        aria-label={say('consents.about', { name: `${pick(reading.sourceName)} ${dayAndTime(reading.at, language)}`, act: say('readings.ask') })}
      >
        {say('readings.ask')}
      </button>
    </div>
  );
}
