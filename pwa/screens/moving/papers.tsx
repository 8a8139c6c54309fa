import { wantedIf } from '../../data/moving.ts';
import type { Difference, MovePaper } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';

/** 窓口に持っていくもの, each once; and what stays at home because the wards look it up between them. */
export function Papers({ found }: { found: Difference }) {
  const { say, pick } = useSpeech();
  const there = found.papers.filter((paper) => paper.at === 'NEW');
  const here = found.papers.filter((paper) => paper.at !== 'NEW');
  return (
    <section aria-labelledby="papers" data-testid="papers">
      <h2 id="papers">{say('move.papers')}</h2>
      {there.length > 0 && <List title={say('move.papersTo', { place: pick(found.to) })} papers={there} found={found} />}
      {here.length > 0 && <List title={say('move.papersTo', { place: pick(found.leaving) })} papers={here} found={found} />}
      {found.spared.length > 0 && (
        <>
          <h3>{say('move.spared')}</h3>
          <ul>{found.spared.map((one) => <li key={one.name.ja}>{say('colon', { of: pick(one.name) })}{pick(one.why)}</li>)}</ul>
        </>
      )}
    </section>
  );
}

/** The ticks are hers for as long as the screen is open; on paper they are boxes. */
function List({ title, papers, found }: { title: string; papers: MovePaper[]; found: Difference }) {
  const { pick, language } = useSpeech();
  const when = (paper: MovePaper) => wantedIf(found, paper)?.map(pick).join(language === 'en' ? '; ' : '・');
  return (
    <fieldset class="checklist">
      <legend><h3>{title}</h3></legend>
      {papers.map((paper) => (
        <label key={paper.id} class="tick">
          <input type="checkbox" />
          <span>{pick(paper.name)}{when(paper) && <span class="only-if">{when(paper)}</span>}</span>
        </label>
      ))}
    </fieldset>
  );
}
