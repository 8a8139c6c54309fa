import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Json } from '../../data/graphql.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { FieldPart } from '../form/field.tsx';
import { Age } from '../parts/age.tsx';
import { Icon, ICONS } from '../parts/icon.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { LookChoice } from '../parts/look-choice.tsx';
import { Gone } from '../parts/gone.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { MOODS, Picture } from '../parts/picture.tsx';
import { Sources } from '../parts/sources.tsx';
import { Coming, Denied, Done, Empty, Failed, OfflineNote, Waiting } from '../parts/states.tsx';
import { StepCard } from '../parts/step-card.tsx';
import { UndoBar } from '../parts/undo-bar.tsx';
import { FIELDS, SOURCES, STEPS, WORDS } from './samples.ts';

/** The living page of parts: the real ones, with the real styles, in every state at once, for designers and for axe. */
export function ComponentsScreen() {
  const { say, pick } = useSpeech();
  const { service } = useDevice().snapshot;
  if (service === null) return <Loading />;
  if (!service.value.showsComponents) return <Gone text="notFound" />;
  return (
    <Page title={pick(WORDS.title)} lead={<p class="lead">{pick(WORDS.lead)}</p>}>
      <Part id="look" title={say('look.title')}><LookChoice /><h3>{say('language')}</h3><LanguageChoice /></Part>
      <States />
      <Part id="buttons" title={pick(WORDS.buttons)}><Buttons /></Part>
      <Part id="cards" title={pick(WORDS.cards)}>
        <ul class="cards">{STEPS.map((step) => <StepCard key={step.id} step={step} />)}</ul>
        <Sources sources={SOURCES} />
      </Part>
      <Part id="form" title={pick(WORDS.form)}><Form /></Part>
      <Part id="lists" title={pick(WORDS.lists)}><Lists /></Part>
      <Part id="pictures" title={pick(WORDS.pictures)}>
        <p class="badges">{ICONS.map((name) => <Icon key={name} name={name} />)}</p>
        <div class="badges">{MOODS.map((name) => <Picture key={name} name={name} />)}</div>
      </Part>
    </Page>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return <section aria-labelledby={id} data-testid={`part-${id}`}><h2 id={id}>{title}</h2>{children}</section>;
}

/** Empty, loading, stale, offline, gap (among the sources below), error, denied, done. */
function States() {
  const { say, pick } = useSpeech();
  const again = { words: say('open.again'), act: () => undefined };
  return (
    <Part id="states" title={pick(WORDS.states)}>
      <Empty testid="state-empty" act={<a class="button" href="/search">{say('nav.search')}</a>}>{pick(WORDS.empty)}</Empty>
      <Coming />
      <Waiting>{say('loading')}</Waiting>
      <Age kept={{ at: '2026-11-20T00:10:00Z', value: null }} />
      <OfflineNote testid="state-offline">{pick(WORDS.offline)}</OfflineNote>
      <Failed testid="state-failed" again={again}>{pick(WORDS.failed)}</Failed>
      <Denied testid="state-denied" title={pick(WORDS.denied)}>{pick(WORDS.deniedWhy)}</Denied>
      <Done testid="state-done">{pick(WORDS.done)}</Done>
      <UndoBar words={pick(WORDS.undone)} undo={() => undefined} close={() => undefined} />
      <p class="banner"><Icon name="warning" /><span><strong>{say('login.again')}</strong> {say('login.againHelp')}</span></p>
    </Part>
  );
}

function Buttons() {
  const { say, pick } = useSpeech();
  return (
    <>
      <button type="button" class="button">{pick(WORDS.send)}</button>
      <button type="button" class="button" data-kind="outline">{say('back')}</button>
      <button type="button" class="button" disabled>{say('outbox.sending')}</button>
      <button type="button" class="button" data-kind="danger">{say('settings.logout')}</button>
      <button type="button" class="button" data-kind="danger-solid">{say('settings.logout.button')}</button>
      <button type="button" class="button" data-kind="quiet">{say('cancel')}</button>
    </>
  );
}

function Form() {
  const { pick } = useSpeech();
  const [values, write] = useState<Record<string, Json>>({});
  return (
    <form noValidate onSubmit={(event) => event.preventDefault()}>
      {FIELDS.map((field) => (
        <FieldPart
          key={field.id} field={field} value={values[field.id]} error={field.id === 'sample-wrong' ? pick(WORDS.wrong) : null}
          onChange={(value) => write({ ...values, [field.id]: value })} onLeave={() => undefined}
        />
      ))}
    </form>
  );
}

function Lists() {
  const { say, pick } = useSpeech();
  return (
    <>
      <p class="strip"><a href="/search">{say('search.link')}</a></p>
      <div class="box"><p>{pick(WORDS.lead)}</p></div>
      <dl class="facts"><div><dt>{say('language')}</dt><dd>{say('look.size')}</dd></div><div><dt>{say('look.theme')}</dt><dd>{say('look.theme.dark')}</dd></div></dl>
      <ul class="links"><li><a href="/search"><Icon name="search" />{say('search.link')}</a></li><li><a href="/events"><Icon name="events" />{say('events.link')}</a></li></ul>
      <ol class="timeline"><li><strong>{pick(WORDS.done)}</strong></li><li data-app="SENT_BACK"><strong>{pick(WORDS.denied)}</strong></li></ol>
    </>
  );
}
