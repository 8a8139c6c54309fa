import { useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { ShowRepresented } from '../../data/documents.ts';
import { had } from '../../data/family.ts';
import type { Represented } from '../../data/shapes.ts';
import { dayAndTime, longDay } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Page } from '../parts/page.tsx';
import { ActingForm } from './acting-form.tsx';
import { Trouble, useAsked } from './asking.tsx';
import { Words } from './mandate.tsx';
import { Empty, Waiting } from '../parts/states.tsx';

export type Step = Represented['steps'][number];

/** Everything of another that one mandate shows. It is never kept on this device, and always says 代理で. */
export function Acting({ id }: { id: string }) {
  const { say } = useSpeech();
  const { value, trouble, again } = useAsked(
    () => had(async () => (await ask(ShowRepresented, { mandate: id })).viewer?.represented, 'Represented'), id,
  );
  const [step, open] = useState<Step | null>(null);
  if (!value) {
    return (
      <Page title={say(trouble ? 'acting.gone' : 'loading')} back="/family">
        <Trouble trouble={trouble} again={again} to={`/family/${id}`} />
        {trouble === null && <Waiting>{say('loading')}</Waiting>}
      </Page>
    );
  }
  const close = () => {
    open(null);
    again();
  };
  return (
    <>
      <Banner name={value.name} />
      <Trouble trouble={trouble} again={again} to={`/family/${id}`} />
      {step
        ? <ActingForm key={step.id} mandate={id} name={value.name} step={step} close={close} />
        : <Told represented={value} open={open} />}
    </>
  );
}

/** On every screen while acting: who it is about, and the way back to herself. */
export function Banner({ name }: { name: string }) {
  const { say } = useSpeech();
  return (
    <aside class="acting" aria-label={say('acting.title', { name })} data-testid="acting-banner">
      <p><strong class="acting-mark">{say('acting.by')}</strong> {say('acting.banner', { name })}</p>
      <a href="/family">{say('acting.leave')}</a>
    </aside>
  );
}

function Told({ represented, open }: { represented: Represented; open: (step: Step) => void }) {
  const { say, pick, language } = useSpeech();
  const { mandate } = represented;
  return (
    <Page title={say('acting.title', { name: represented.name })}>
      <p class="note">{pick(mandate.kindName)} · {pick(mandate.purpose)} · {say('family.until')}: {longDay(mandate.endsOn, language)}</p>
      <p class="note">{say('acting.logged')}</p>
      <section aria-label={say('acting.steps')}>
        <h2>{say('acting.steps')}</h2>
        {represented.steps.length === 0 && <Empty>{say('acting.steps.none')}</Empty>}
        <ul class="cards">{represented.steps.map((step) => <OneStep key={step.id} step={step} open={open} />)}</ul>
      </section>
      <Sent represented={represented} />
      {represented.notices.length > 0 && (
        <section aria-label={say('acting.notices')}>
          <h2>{say('acting.notices')}</h2>
          <ul class="plain">
            {represented.notices.map((one) => <li key={one.id}>{pick(one.title)} <span class="note">{dayAndTime(one.sentAt, language)}</span></li>)}
          </ul>
        </section>
      )}
      <div class="box">
        <h2 class="small">{say('family.hidden')}</h2>
        <p>{say('family.hidden.always')}</p>
        {represented.hidden.length > 0 && <p><Words texts={represented.hidden} /></p>}
      </div>
    </Page>
  );
}

function OneStep({ step, open }: { step: Step; open: (step: Step) => void }) {
  const { say, pick, language } = useSpeech();
  return (
    <li class="mandate" data-testid="acting-step" data-state={step.state}>
      <h3>{pick(step.name)}</h3>
      <p class="note">{say(`state.${step.state}`)}{step.due !== null && ` · ${longDay(step.due, language)}`}</p>
      {step.canSend && (
        <button type="button" class="button" data-kind="outline" onClick={() => open(step)}>
          {say('acting.write')}<span class="unseen">：{pick(step.name)}</span>
        </button>
      )}
    </li>
  );
}

function Sent({ represented }: { represented: Represented }) {
  const { say, pick, language } = useSpeech();
  return (
    <section aria-label={say('acting.applications')}>
      <h2>{say('acting.applications')}</h2>
      {represented.applications.length === 0 && <Empty>{say('acting.applications.none')}</Empty>}
      <ul class="cards">
        {represented.applications.map((one) => (
          <li class="mandate" key={one.id} data-testid="acting-application">
            <h3>{pick(one.title)}</h3>
            <p><strong>{pick(one.stateText)}</strong> <span class="note">{dayAndTime(one.acceptedAt, language)}</span></p>
            {one.byRepresentative && <p class="note"><Icon name="check" /> {say('acting.byYou')}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
