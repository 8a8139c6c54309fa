import { toHandIn } from '../../data/open.ts';
import { useSpeech } from '../device-state.tsx';
import { procedurePath } from '../parts/catalogue.ts';
import { PaperList, useService } from '../parts/papers.tsx';

/** Papers that must reach the office another way, of one of the procedures. `photographed`: those that go with it. */
export function ToHandIn({ procedure, photographed }: { procedure: string; photographed: readonly string[] }) {
  const { say, pick } = useSpeech();
  const service = useService(procedure);
  const papers = service ? toHandIn(service).filter(({ identifier }) => !photographed.includes(identifier)) : [];
  if (!service || papers.length === 0) return null;
  return (
    <details class="more">
      <summary>{say('colon', { of: pick(service.name) })}{say('handIn.title')}</summary>
      <p>{say(service.hasChannel.includes('post') ? 'handIn.counterOrPost' : 'handIn.counter')}</p>
      <PaperList papers={papers} />
      {service.followUp && <p>{pick(service.followUp)}</p>}
      <a href={procedurePath(procedure)}>{say('step.toProcedure')}</a>
    </details>
  );
}
