import { useEffect, useState } from 'preact/hooks';
import { readSearcher } from '../data/open.ts';
import { saidOfElsewhere, search, type Entry, type Searcher } from '../data/search.ts';
import type { Text } from '../data/shapes.ts';
import type { Key } from '../text/speak.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { ownSteps, procedurePath, rememberList } from './parts/catalogue.ts';
import { FacilitiesFound } from './parts/facilities-found.tsx';
import { Icon } from './parts/icon.tsx';
import { OpenOr, useOpen } from './parts/open.tsx';
import { Page } from './parts/page.tsx';
import { go } from './router.ts';

const REST = 400;
const EXAMPLES = ['search.example1', 'search.example2', 'search.example3', 'search.example4'] as const satisfies readonly Key[];

/** Finding a procedure by everyday words; needs neither a network nor a sign-in. */
export function SearchScreen({ asked }: { asked: string }) {
  const reading = useOpen(readSearcher);
  return <OpenOr reading={reading}>{(searcher) => <Search searcher={searcher} asked={asked} />}</OpenOr>;
}

function Search({ searcher, asked }: { searcher: Searcher; asked: string }) {
  const { say } = useSpeech();
  const [question, setQuestion] = useState(asked);
  const settled = useSettled(question);
  const found = search(searcher, question);
  useEffect(() => {
    const path = settled === '' ? '/search' : `/search?q=${encodeURIComponent(settled)}`;
    rememberList(path);
    if (settled !== asked) go(path, 'replace');
  }, [settled]);
  useEffect(() => {
    if (asked !== settled) setQuestion(asked);
  }, [asked]);
  return (
    <Page title={say('search.title')} back="/">
      <form role="search" class="search" onSubmit={(event) => event.preventDefault()}>
        <label for="question">{say('search.label')}</label>
        <input
          id="question" type="search" enterkeyhint="search" autocomplete="off" autocapitalize="off" spellcheck={false}
          aria-describedby="found" value={question} onInput={(event) => setQuestion(event.currentTarget.value)}
        />
      </form>
      <p id="found" class="note" role="status">{told(settled, search(searcher, settled).length, say)}</p>
      <Elsewhere words={saidOfElsewhere(searcher, question)} />
      {question.trim() === '' ? <Beginning choose={setQuestion} /> : found.length > 0 ? <Found entries={found} /> : <NothingFound />}
      <FacilitiesFound question={settled} />
    </Page>
  );
}

/** The question once she has stopped typing: what is told aloud and kept in the address. */
function useSettled(question: string): string {
  const [settled, setSettled] = useState(question);
  useEffect(() => {
    const clock = setTimeout(() => setSettled(question), REST);
    return () => clearTimeout(clock);
  }, [question]);
  return settled;
}

function told(question: string, n: number, say: ReturnType<typeof useSpeech>['say']): string {
  if (question.trim() === '') return say('search.hint');
  return n === 0 ? say('search.none') : say('search.count', { n });
}

function Beginning({ choose }: { choose: (question: string) => void }) {
  const { say } = useSpeech();
  return (
    <>
      <section aria-labelledby="examples">
        <h2 id="examples">{say('search.examples')}</h2>
        <ul class="chips">
          {EXAMPLES.map((key) => (
            <li key={key}><button type="button" onClick={() => choose(say(key))}>{say(key)}</button></li>
          ))}
        </ul>
      </section>
      <Browse />
    </>
  );
}

/** What she asked for that is none of our matters: said beside what is found for the rest. */
function Elsewhere({ words }: { words: readonly string[] }) {
  const { say } = useSpeech();
  return words.length > 0 ? <p class="note" data-testid="elsewhere">{say('search.elsewhere', { words: words.join('・') })}</p> : null;
}

function NothingFound() {
  const { say } = useSpeech();
  return (
    <>
      <p>{say('search.noneHelp')}</p>
      <Browse />
    </>
  );
}

const Browse = () => {
  const { say } = useSpeech();
  return <ul class="links"><li><a href="/facilities">{say('facilities.link')}</a></li><li><a href="/events">{say('events.link')}</a></li><li><a href="/verify">{say('verify.link')}</a></li></ul>;
};

function Found({ entries }: { entries: readonly Entry[] }) {
  const { say } = useSpeech();
  return <ol class="cards" aria-label={say('search.results')}>{entries.map((entry) => <Answer key={entry.id} entry={entry} />)}</ol>;
}

/** A procedure found: its plain and its official name, and the law it rests upon. */
function Answer({ entry }: { entry: Entry }) {
  const { say, pick } = useSpeech();
  const { home } = useDevice().snapshot;
  const official = pick(inLanguages(entry.official));
  const name = pick(inLanguages(entry.name));
  return (
    <li class="step-card" data-testid={`found-${entry.id}`}>
      <h2><a href={procedurePath(entry.id)}>{name}</a></h2>
      {official !== name && <p class="note">{official}</p>}
      <p class="badges">
        <span class="badge" data-operator={entry.operator.toUpperCase()}>{say(`operator.${entry.operator.toUpperCase()}` as Key)}</span>
        {ownSteps(home, entry.id).length > 0 && <span class="badge" data-state="OPEN">{say('procedure.yours')}</span>}
      </p>
      {entry.law && <p class="note">{say('search.law', { law: entry.law })}</p>}
      <Icon name="chevron" />
    </li>
  );
}

const inLanguages = ([ja, easy, en]: Entry['name']): Text => ({ ja, easy, en });
