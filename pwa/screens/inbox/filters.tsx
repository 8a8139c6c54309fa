import { useState } from 'preact/hooks';
import { sendersOf, topicsOf, type Filter, type Show } from '../../data/mail/finding.ts';
import { givenName, isToDo, isUnread, type Child } from '../../data/mail/letter.ts';
import type { Notice } from '../../data/shapes.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';

type FiltersProps = { notices: Notice[]; of: readonly Child[]; filter: Filter; filtered: (changed: Partial<Filter>) => void };
const SHOWS: readonly Show[] = ['all', 'todo', 'unread', 'archived'];
const TOPICS = ['school', 'nursery', 'child', 'health', 'tax', 'care', 'moving', 'disaster', 'application', 'payment', 'account', 'other'] as const;
export const topicWord = (topic: string): Key => `topic.${TOPICS.find((one) => one === topic) ?? 'other'}`;

/** Chips first, for they take one touch; words, senders and topics are one touch away. All look at what lies on this
 * device. */
export function Filters({ notices, of, filter, filtered }: FiltersProps) {
  return (
    <div class="inbox-filters">
      <Shows notices={notices} filter={filter} filtered={filtered} />
      {of.length > 0 && <OfChild of={of} filter={filter} filtered={filtered} />}
      <More notices={notices} filter={filter} filtered={filtered} />
    </div>
  );
}

function More({ notices, filter, filtered }: Part & { notices: Notice[] }) {
  const { say } = useSpeech();
  const [isOpen] = useState(filter.typed !== '' || filter.sender !== null || filter.topic !== null);
  return (
    <details class="more" open={isOpen} data-testid="inbox-more">
      <summary>{say('inbox.more')}</summary>
      <div class="field">
        <label for="inbox-search">{say('inbox.search')}</label>
        <p class="note" id="inbox-search-help">{say('inbox.searchHelp')}</p>
        <input id="inbox-search" type="search" autocomplete="off" enterkeyhint="search" value={filter.typed} aria-describedby="inbox-search-help"
          onInput={({ currentTarget: { value } }) => filtered({ typed: value })} />
      </div>
      <Senders notices={notices} filter={filter} filtered={filtered} />
    </details>
  );
}

type Part = Pick<FiltersProps, 'filter' | 'filtered'>;

function Shows({ notices, filter, filtered }: Part & { notices: Notice[] }) {
  const { say } = useSpeech();
  const counts: Partial<Record<Show, number>> = {
    todo: notices.filter((one) => isToDo(one)).length,
    unread: notices.filter((one) => isUnread(one) && one.archivedAt === null).length,
  };
  return (
    <ul class="chips" aria-label={say('inbox.filters')}>
      {SHOWS.map((show) => (
        <li key={show}><button type="button" aria-pressed={filter.show === show} data-testid={`show-${show}`} onClick={() => filtered({ show })}>
          {say(`inbox.show.${show}`)}{counts[show] ? ` ${counts[show]}` : ''}
        </button></li>
      ))}
    </ul>
  );
}

function OfChild({ of, filter, filtered }: Part & { of: readonly Child[] }) {
  const { say } = useSpeech();
  const chips: [string | null, string][] = [
    [null, say('inbox.everyone')],
    ...of.map(({ key, name }): [string, string] => [key, say('mail.of', { name: givenName(name) })]),
    ['me', say('inbox.me')],
  ];
  return (
    <ul class="chips" aria-label={say('inbox.ofChild')}>
      {chips.map(([child, word]) => (
        <li key={child}><button type="button" aria-pressed={filter.child === child} onClick={() => filtered({ child })}>{word}</button></li>
      ))}
    </ul>
  );
}

function Senders({ notices, filter, filtered }: Part & { notices: Notice[] }) {
  const { say, pick } = useSpeech();
  const senders = sendersOf(notices);
  const topics = topicsOf(notices);
  if (senders.length < 2 && topics.length < 2) return null;
  return (
    <div class="two-choices">
      <div class="field">
        <label for="inbox-sender">{say('inbox.ofSender')}</label>
        <select id="inbox-sender" value={filter.sender ?? ''} onChange={({ currentTarget: { value } }) => filtered({ sender: value || null })}>
          <option value="">{say('inbox.allSenders')}</option>
          {senders.map(({ key, name, count }) => <option key={key} value={key}>{pick(name)} {count}</option>)}
        </select>
      </div>
      <div class="field">
        <label for="inbox-topic">{say('inbox.topic')}</label>
        <select id="inbox-topic" value={filter.topic ?? ''} onChange={({ currentTarget: { value } }) => filtered({ topic: value || null })}>
          <option value="">{say('inbox.allTopics')}</option>
          {topics.map((topic) => <option key={topic} value={topic}>{say(topicWord(topic))}</option>)}
        </select>
      </div>
    </div>
  );
}
