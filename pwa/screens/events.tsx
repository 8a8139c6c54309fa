import { useEffect } from 'preact/hooks';
import { readCatalogue, readEvents, type LifeEvent, type PublicService } from '../data/open.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { eventPath, ownSteps, procedurePath, rememberList, startOf } from './parts/catalogue.ts';
import { Gone } from './parts/gone.tsx';
import { Icon } from './parts/icon.tsx';
import { OpenOr, useOpen } from './parts/open.tsx';
import { Page } from './parts/page.tsx';
import { StartEvent } from './parts/start-event.tsx';

/** The whole catalogue by what happens in a life. */
export function EventsScreen() {
  const reading = useOpen(readEvents);
  return <OpenOr reading={reading}>{(events) => <Events events={events} />}</OpenOr>;
}

function Events({ events }: { events: readonly LifeEvent[] }) {
  const { say, pick } = useSpeech();
  return (
    <Page title={say('events.title')} back="/search" lead={<p>{say('events.lead')}</p>}>
      <ul class="cards">
        {events.map((event) => (
          <li class="step-card" key={event.identifier} data-testid={`event-${event.identifier}`}>
            <h2><a href={eventPath(event.identifier)}>{pick(event.name)}</a></h2>
            <p class="because">{pick(event.description)}</p>
            <p class="note">{say('events.count', { n: event.hasRelatedService.length })}</p>
            <Icon name="chevron" />
          </li>
        ))}
      </ul>
      <ul class="links"><li><a href="/open/">{say('open.data')}</a></li></ul>
    </Page>
  );
}

const readBoth = async () => ({ events: await readEvents(), services: (await readCatalogue()).publicServices });

/** One life event with its procedures, in the order in which they come. */
export function EventScreen({ id }: { id: string }) {
  const reading = useOpen(readBoth);
  return (
    <OpenOr reading={reading}>
      {({ events, services }) => {
        const event = events.find((one) => one.identifier === id);
        return event ? <Event event={event} services={services} /> : <Gone text="notFound" />;
      }}
    </OpenOr>
  );
}

function Event({ event, services }: { event: LifeEvent; services: readonly PublicService[] }) {
  const { pick } = useSpeech();
  const { home } = useDevice().snapshot;
  useEffect(() => rememberList(eventPath(event.identifier)), []);
  const start = startOf(home, event.identifier);
  const inOrder = event.hasRelatedService.flatMap((id) => services.find((one) => one.identifier === id) ?? []);
  return (
    <Page title={pick(event.name)} back="/events" lead={<p>{pick(event.description)}</p>}>
      {start && <StartEvent question={start} />}
      <ol class="cards">{inOrder.map((service) => <ServiceCard key={service.identifier} service={service} />)}</ol>
    </Page>
  );
}

function ServiceCard({ service }: { service: PublicService }) {
  const { say, pick } = useSpeech();
  const { home } = useDevice().snapshot;
  return (
    <li class="step-card">
      <h2><a href={procedurePath(service.identifier)}>{pick(service.name)}</a></h2>
      {ownSteps(home, service.identifier).length > 0 && (
        <p class="badges"><span class="badge" data-state="OPEN">{say('procedure.yours')}</span></p>
      )}
      {service.description && <p class="because">{pick(service.description)}</p>}
      {service.applicationPeriod && <p class="note">{pick(service.applicationPeriod)}</p>}
      <Icon name="chevron" />
    </li>
  );
}
