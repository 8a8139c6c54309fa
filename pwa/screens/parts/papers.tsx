import { readCatalogue, toHandIn, type Paper, type PublicService } from '../../data/open.ts';
import { longDay } from '../../text/dates.ts';
import { isJapanese } from '../../text/languages.ts';
import { useSpeech } from '../device-state.tsx';
import { procedurePath } from './catalogue.ts';
import { Line } from './line.tsx';
import { useOpen } from './open.tsx';

/** A procedure of the public catalogue; null: not read yet, or not in it. */
export function useService(id: string): PublicService | null {
  return useOpen(readCatalogue).value?.publicServices.find((one) => one.identifier === id) ?? null;
}

/** The offices of her ward that take it. */
export function Offices({ service }: { service: PublicService }) {
  const { say, pick } = useSpeech();
  return service.availableAt ? <Line term={say('procedure.where')}>{pick(service.availableAt)}</Line> : null;
}

/** What to bring or hand in, and what falls away. */
export function Papers({ service }: { service: PublicService }) {
  const { say } = useSpeech();
  const anySpared = service.hasInput.some((paper) => paper.omittedWhen);
  return (
    <Line term={say('procedure.bring')}>
      {service.hasInput.length === 0 ? say('procedure.bringNothing') : <PaperList papers={service.hasInput} />}
      {anySpared && <span class="note">{say('procedure.spared')}</span>}
    </Line>
  );
}

/** The word that the original is wanted, unless the name says so already. */
const original = (paper: Paper, name: string, word: string) =>
  paper.original && !name.includes(word) ? <>（{word}）</> : null;

export function PaperList({ papers }: { papers: readonly Paper[] }) {
  const { say, pick } = useSpeech();
  return (
    <ul class="plain">
      {papers.map((paper) => (
        <li key={paper.identifier}>
          {pick(paper.name)}{original(paper, pick(paper.name), say('procedure.original'))}
          {paper.neededWhen && <span class="note">{say('procedure.neededWhen', { when: pick(paper.neededWhen) })}</span>}
          {paper.omittedWhen && <span class="note spared">{say('procedure.omittedWhen', { when: pick(paper.omittedWhen) })}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The word "free" stands once, also where the office's own sentence says it. */
export function Fee({ service: { hasCost } }: { service: PublicService }) {
  const { say, pick, language } = useSpeech();
  const yen = hasCost.hasValue?.toLocaleString(isJapanese(language) ? 'ja' : 'en');
  const saysFree = hasCost.description?.ja.includes('無料') ?? false;
  return (
    <Line term={say('procedure.fee')}>
      {hasCost.hasValue === 0
        ? !saysFree && say('procedure.free')
        : yen !== undefined ? say('procedure.yen', { yen }) : !hasCost.description && say('procedure.feeUnknown')}
      {hasCost.description && <> {pick(hasCost.description)}</>}
    </Line>
  );
}

type HandInProps = { procedure: string; due?: string | null; photographed?: readonly string[] };

/** The papers of a form that is sent here and that do not go with it: how and by when each reaches the office.
 * `photographed`: those that do. */
export function HandIn({ procedure, due = null, photographed = [] }: HandInProps) {
  const { say, pick, language } = useSpeech();
  const service = useService(procedure);
  const papers = service ? toHandIn(service).filter(({ identifier }) => !photographed.includes(identifier)) : [];
  if (!service || !papers.length) return null;
  return (
    <section class="box" aria-labelledby="hand-in" data-testid="hand-in">
      <h2 id="hand-in">{say('handIn.title')}</h2>
      <p>{say(service.hasChannel.includes('post') ? 'handIn.counterOrPost' : 'handIn.counter')}</p>
      <PaperList papers={papers} />
      {service.followUp && <p>{pick(service.followUp)}</p>}
      <p>{due === null ? say('handIn.soon') : say('handIn.by', { day: longDay(due, language) })}</p>
      <a href={procedurePath(procedure)}>{say('step.toProcedure')}</a>
    </section>
  );
}
