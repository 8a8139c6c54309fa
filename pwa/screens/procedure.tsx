import type { ComponentChildren } from 'preact';
import { byTrust, daysOf, readCatalogue, readEvents, sourcesOf, type OpenCatalogue, type PublicService } from '../data/open.ts';
import { longDay } from '../text/dates.ts';
import type { Key } from '../text/speak.ts';
import { comma, dot } from '../text/lists.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { eventPath, lastList, ownSteps, procedurePath } from './parts/catalogue.ts';
import { ReadPage } from './parts/aloud.tsx';
import { Borrowed } from './parts/borrowed.tsx';
import { Gone } from './parts/gone.tsx';
import { Line } from './parts/line.tsx';
import { OpenOr, useOpen } from './parts/open.tsx';
import { Page } from './parts/page.tsx';
import { PassOn } from './parts/pass-on.tsx';
import { Fee, Offices, Papers } from './parts/papers.tsx';
import { stepPath } from './parts/step-marks.tsx';
import { ToBookIt } from './parts/to-book.tsx';

const readBoth = async () => ({ catalogue: await readCatalogue(), events: await readEvents() });
type Read = Awaited<ReturnType<typeof readBoth>>;

/** Any procedure of the catalogue, as it is for everybody; what of it is hers stands on her own step. */
export function ProcedureScreen({ id }: { id: string }) {
  const reading = useOpen(readBoth);
  return (
    <OpenOr reading={reading}>
      {(read) => {
        const service = read.catalogue.publicServices.find((one) => one.identifier === id);
        return service ? <Told service={service} read={read} /> : <Gone text="procedure.gone" />;
      }}
    </OpenOr>
  );
}

function Told({ service, read }: { service: PublicService; read: Read }) {
  const { say, pick } = useSpeech();
  return (
    <Page title={pick(service.name)} back={lastList()} lead={service.description && <p class="lead">{pick(service.description)}</p>}>
      <Borrowed of={service.name} />
      <ReadPage />
      <Own procedure={service.identifier} />
      <ToBookIt procedure={service.identifier} atCounter={service.filedThrough === 'counter'} />
      <dl class="facts">
        {service.addressee && <Line term={say('procedure.who')}>{pick(service.addressee)}</Line>}
        {service.applicationPeriod && <Line term={say('procedure.when')}>{pick(service.applicationPeriod)}</Line>}
        {service.consequenceOfDelay && <Line term={say('step.late')}>{pick(service.consequenceOfDelay)}</Line>}
        <How service={service} />
        <Offices service={service} />
        <Papers service={service} />
        <CostAndResult service={service} />
        <Line term={say('step.operator')}><Authority service={service} /></Line>
        <Line term={say('step.official')}>{pick(service.officialName)}</Line>
        {service.hasLegalResource && <Line term={say('step.law')}>{service.hasLegalResource}</Line>}
        <Valid service={service} />
      </dl>
      <Neighbours service={service} read={read} />
      <PassOn title={pick(service.name)} path={location.pathname} />
      <Trust service={service} catalogue={read.catalogue} />
    </Page>
  );
}

/** The way to her own step, when her plan has it. */
function Own({ procedure }: { procedure: string }) {
  const { say } = useSpeech();
  const steps = ownSteps(useDevice().snapshot.home, procedure);
  return (
    <>
      {steps.map((step) => (
        <a class="button" key={step.id} href={stepPath(step)}>
          {step.subject ? say('procedure.ownFor', { name: step.subject.name }) : say('procedure.own')}
        </a>
      ))}
    </>
  );
}

function How({ service }: { service: PublicService }) {
  const { say, pick, language } = useSpeech();
  return (
    <Line term={say('step.how')}>
      <strong>{say(`channel.${service.filedThrough.toUpperCase()}` as Key)}</strong><br />
      {pick(service.howToApply)}
      {service.followUp && <><br />{pick(service.followUp)}</>}
      {service.filedThrough === 'here' && <span class="note">{say('procedure.hereWhen')}</span>}
      {service.hasChannel.length > 0 && (
        <span class="note">{say('procedure.means', { means: service.hasChannel.map((one) => say(`means.${one}`)).join(dot(language)) })}</span>
      )}
    </Line>
  );
}

function CostAndResult({ service }: { service: PublicService }) {
  const { say, pick } = useSpeech();
  const { produces, processingTime } = service;
  const days = processingTime === undefined ? null : daysOf(processingTime);
  return (
    <>
      <Fee service={service} />
      {produces && (
        <Line term={say('procedure.result')}>
          {pick(produces.name)}
          {produces.description && <span class="note">{pick(produces.description)}</span>}
          {days !== null && <span class="note">{say('procedure.days', { n: days })}</span>}
        </Line>
      )}
    </>
  );
}

function Authority({ service: { hasCompetentAuthority } }: { service: PublicService }) {
  const { say, pick } = useSpeech();
  const { name, type } = hasCompetentAuthority;
  return <>{name ? pick(name) : say(type === 'ward' ? 'procedure.yourWard' : `operator.${type.toUpperCase()}` as Key)}</>;
}

function Valid({ service }: { service: PublicService }) {
  const { say, language } = useSpeech();
  if (!service.validFrom && !service.validUntil) return null;
  return (
    <Line term={say('procedure.valid')}>
      {service.validFrom && say('procedure.validFrom', { day: longDay(service.validFrom, language) })}{' '}
      {service.validUntil && say('due.by', { day: longDay(service.validUntil, language) })}
    </Line>
  );
}

function Neighbours({ service, read }: { service: PublicService; read: Read }) {
  const { say, pick } = useSpeech();
  const first = service.requires.flatMap((id) => read.catalogue.publicServices.find((one) => one.identifier === id) ?? []);
  const events = read.events.filter((event) => service.isGroupedBy.includes(event.identifier));
  return (
    <>
      {first.length > 0 && (
        <Linked id="first" title={say('procedure.first')}>
          {first.map((one) => <li key={one.identifier}><a href={procedurePath(one.identifier)}>{pick(one.name)}</a></li>)}
        </Linked>
      )}
      <Linked id="events" title={say('procedure.events')}>
        {events.map((event) => <li key={event.identifier}><a href={eventPath(event.identifier)}>{pick(event.name)}</a></li>)}
      </Linked>
    </>
  );
}

const Linked = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section aria-labelledby={id}><h2 id={id}>{title}</h2><ul class="links">{children}</ul></section>
);

/** How sure each statement is, in plain words, and where it was read. */
function Trust({ service, catalogue }: { service: PublicService; catalogue: OpenCatalogue }) {
  const { say, language } = useSpeech();
  const sure = byTrust(service);
  const sources = sourcesOf(service, catalogue);
  return (
    <section aria-labelledby="trust">
      <h2 id="trust">{say('trust.title')}</h2>
      <dl class="facts">
        {(['A', 'B', 'C'] as const).map((level) => sure[level].length > 0 && (
          <Line key={level} term={say(`trust.${level}`)}>{sure[level].map((one) => say(`trust.of.${one}` as Key)).join(comma(language))}</Line>
        ))}
      </dl>
      <p class="note">{say('trust.asOf', { day: longDay(catalogue.dateOfState, language) })} {say('trust.ward')}</p>
      {sources.length > 0 && (
        <details class="more">
          <summary>{say('trust.sources', { n: sources.length })}</summary>
          <ul class="plain">
            {sources.map(({ publisher, address }) => (
              <li key={`${publisher} ${address}`} lang="en">
                {address ? <a href={address} target="_blank" rel="noreferrer">{publisher}</a> : publisher}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
