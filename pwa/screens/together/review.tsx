import { useState } from 'preact/hooks';
import { isSeen, placesShown, type Asked } from '../../data/together.ts';
import type { Draft } from '../../device/drafts.ts';
import { comma } from '../../text/lists.ts';
import { useSpeech } from '../device-state.tsx';
import { ConflictNote } from '../form/conflict.tsx';
import { PapersPart } from '../form/papers.tsx';
import { isOpen } from '../../data/merging.ts';
import { FormChangedNote } from '../form/changed.tsx';
import { WaitsFirst } from '../tasks/waits-first.tsx';
import { ToHandIn } from './papers.tsx';
import { Question, Saved, Wrong } from './questions.tsx';
import { SendAll } from './send.tsx';
import { errorFor, type Conversing } from './use-together.ts';
import { Values } from './value.tsx';
import { byOffice, type Office } from './words.ts';

/** All of it on one screen: what goes to several offices once, then to each office what goes there alone; each value with
    its source, to be changed where it stands. */
export function ReviewAll({ event, talk }: { event: string; talk: Conversing }) {
  const { say, pick } = useSpeech();
  const [opened, open] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const agreements = talk.all.filter((asked) => asked.field.kind === 'AGREEMENT' && isSeen(asked, talk.parts));
  const wrong = talk.all.filter((asked) => errorFor(asked, talk.errors) && isSeen(asked, talk.parts));
  const offices = byOffice(talk.parts, (draft) => draft.form.submitTo);
  const goesTo = (asked: Asked) => offices.filter((office) => placesShown(asked, office.parts).length > 0);
  const values = talk.all.filter((asked) => asked.field.kind !== 'AGREEMENT');
  const shared = values.filter((asked) => goesTo(asked).length > 1);
  const refusals = talk.parts.filter((draft) => draft.refusal);
  return (
    <>
      <p class="lead">{say('together.reviewLead', { n: talk.parts.length, offices: offices.length })}</p>
      <Saved talk={talk} />
      {tries > 0 && wrong.length > 0 && <Wrong key={tries} wrong={wrong} talk={talk} />}
      {refusals.map((draft) => (
        <p key={draft.step} class="alert" role="alert" data-testid={`refusal-${draft.step}`}>
          <strong>{say('colon', { of: pick(draft.form.title) })}</strong>{draft.refusal && pick(draft.refusal)}
        </p>
      ))}
      {talk.parts.map((draft) => draft.changed && <FormChangedNote key={draft.step} changed={draft.changed} form={draft.form} />)}
      {talk.parts.filter((draft) => isOpen(draft)).map((draft) => (
        <div key={draft.step}>
          <ConflictNote draft={draft} />
          <a href={`/apply/${encodeURIComponent(draft.step)}?write`}>{pick(draft.form.title)}</a>
        </div>
      ))}
      {shared.length > 0 && (
        <section class="office" aria-labelledby="shared" data-testid="shared">
          <h2 id="shared">{say('together.shared')}</h2>
          <Values id="shared" all={shared} talk={talk} parts={talk.parts} opened={opened} open={open} />
        </section>
      )}
      {offices.map((office) => {
        const here = values.filter((asked) => goesTo(asked).includes(office));
        return <OfficePart key={office.name.ja} office={office} here={here} shared={shared} talk={talk} opened={opened} open={open} />;
      })}
      <section aria-labelledby="agree">
        {agreements.length > 0 && <h2 id="agree">{say('together.agree')}</h2>}
        {agreements.map((asked) => <Question key={asked.field.id} asked={asked} talk={talk} isTold={tries > 0} />)}
      </section>
      <WaitsFirst steps={talk.parts.map((draft) => draft.step)} />
      <SendAll event={event} talk={talk} isReady={() => {
        if (wrong.length > 0) setTries(tries + 1);
        return wrong.length === 0 && !talk.parts.some((draft) => isOpen(draft));
      }} />
    </>
  );
}

type OfficeProps = {
  office: Office<Draft>; here: readonly Asked[]; shared: readonly Asked[]; talk: Conversing;
  opened: string | null; open: (key: string | null) => void;
};

function OfficePart({ office, here, shared, talk, opened, open }: OfficeProps) {
  const { say, pick, language } = useSpeech();
  const id = `office-${office.parts[0]?.step}`;
  const above = here.filter((asked) => shared.includes(asked)).map((asked) => pick(asked.field.label));
  return (
    <section class="office" aria-labelledby={id} data-testid="office">
      <h2 id={id}>{pick(office.name)}</h2>
      <ul class="plain">{office.parts.map((draft) => <li key={draft.step}><strong>{pick(draft.form.title)}</strong></li>)}</ul>
      {above.length > 0 && <p class="note">{say('together.sharedToo', { names: above.join(comma(language)) })}</p>}
      <Values id={id} all={here.filter((asked) => !shared.includes(asked))} talk={talk} parts={office.parts} opened={opened} open={open} />
      {office.parts.map((draft) => <PapersPart key={draft.step} draft={draft} of={talk.parts.length > 1 ? say('colon', { of: pick(draft.form.title) }) : ''} />)}
      {office.parts.map((draft) => <ToHandIn key={draft.step} procedure={draft.form.procedure} photographed={(draft.papers ?? []).map(({ paper }) => paper)} />)}
      <p class="note">{say('together.officeHelp')}</p>
    </section>
  );
}
