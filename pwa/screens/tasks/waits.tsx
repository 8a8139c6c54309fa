import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { SendWithoutParts } from '../../data/documents.ts';
import { had, type Asked } from '../../data/family.ts';
import { quietly, refreshApplication } from '../../data/refresh.ts';
import type { Application } from '../../data/shapes.ts';
import { askParts, isOpen, isStuck } from '../../data/tasks.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Trouble, useAsked } from '../family/asking.tsx';
import { PartCard } from './part.tsx';

/** On an application: for whom it waits since when, and her choice; once sent, what others have added. */
export function Waits({ application }: { application: Application }) {
  const { say, pick } = useSpeech();
  const { value, trouble, again } = useAsked(askParts, `${application.id} ${application.state}`);
  const waits = application.state === 'WAITING';
  const parts = value?.parts.filter((part) => part.application === application.id) ?? [];
  const stuck = parts.filter(isStuck);
  if (!waits && parts.length === 0) return null;
  return (
    <section aria-labelledby="waits" data-testid="waits">
      <h2 id="waits">{say(waits ? 'parts.waits' : 'parts.title')}</h2>
      {waits && parts.filter(isOpen).map((part) => <p key={part.id}><strong>{say('parts.waitsFor', { paper: pick(part.title) })}</strong></p>)}
      {waits && stuck.map((part) => <p key={part.id} class="error">{say('parts.stuck', { paper: pick(part.title) })}</p>)}
      {waits && <p class="note">{say('parts.goesAlone')}</p>}
      <Trouble trouble={trouble} again={again} to={`/applications/${application.id}`} />
      <ul class="cards">{parts.map((part) => <PartCard key={part.id} part={part} again={again} />)}</ul>
      {waits && <Without application={application} again={again} />}
    </section>
  );
}

function Without({ application, again }: { application: Application; again: () => void }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [sure, setSure] = useState(false);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  useEffect(() => setSure(false), [application.state]);
  const send = async () => {
    const told = await had(async () => (await ask(SendWithoutParts, { application: application.id })).sendWithoutParts, 'Application');
    setTrouble(told.trouble);
    if (!told.value) return;
    quietly(refreshApplication(application.id));
    again();
  };
  return (
    <>
      {sure && <p role="alert">{say('parts.withoutSure')}</p>}
      <button type="button" class="button" data-kind="outline" disabled={!reached} onClick={() => (sure ? void send() : setSure(true))}>{say('parts.without')}</button>
      <Trouble trouble={trouble} to={`/applications/${application.id}`} />
    </>
  );
}
