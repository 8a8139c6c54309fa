import { useEffect, useState } from 'preact/hooks';
import { refreshHome, refreshPayments, refreshSchools } from '../data/live.ts';
import { quietly } from '../data/quietly.ts';
import type { Home } from '../data/shapes.ts';
import { isCounted } from '../device/outbox-held.ts';
import { isPasskeyOffered } from '../device/passkey-offer.ts';
import type { Kept } from '../device/snapshot.ts';
import { moment } from '../text/dates.ts';
import { useDevice, useLine, useSpeech } from './device-state.tsx';
import { Now } from './home/now.tsx';
import { leaveAt } from './inbox/place.ts';
import { later } from './parts/later.tsx';
import { NextBooking } from './parts/next-booking.tsx';
import { Outages } from './parts/outages.tsx';
import { Page } from './parts/page.tsx';
import { PushNote } from './parts/push-note.tsx';
import { Skeleton } from './parts/states.tsx';

/** Everything of this person's life events, as this device last heard it. */
export function HomeScreen() {
  const { snapshot, outbox } = useDevice();
  const { say, pick } = useSpeech();
  const { viewer, home } = snapshot;
  useEffect(() => {
    quietly(refreshPayments());
    quietly(refreshSchools());
    leaveAt('/inbox');
  }, []);
  const name = viewer?.value.name ?? '';
  const ward = viewer?.value.ward ? pick(viewer.value.ward.name) : null;
  return (
    <Page title={name === '' ? say('home.helloOnly') : say('home.hello', { name })} lead={<Refresh home={home} ward={ward} />}>
      <Offered />
      {viewer?.value.ward === null && <p class="note">{say('home.noWard')}</p>}
      {home && <Outages sources={home.value.sources} isOn />}
      <PushNote />
      {outbox.some(isCounted) && <waiting.Room />}
      {home ? <><Now home={home} /><NextBooking /></> : <Skeleton />}
      <below.Room home={home} />
    </Page>
  );
}

/** A passkey for the next time, to who has come by a code that works once; fetched for nobody else. */
function Offered() {
  const [isOffered] = useState(isPasskeyOffered);
  return isOffered ? <offer.Room /> : null;
}

/** What of home may come a moment later; until then its place is kept, so that nothing moves. */
const below = later(async () => (await import('./home/below.tsx')).Below, () => null, () => <Skeleton cards={1} />);

/** Seldom seen. */
const crowded = later(async () => (await import('./parts/crowded.tsx')).Crowded, () => null, () => null);

const waiting = later(async () => (await import('./parts/outbox-strip.tsx')).OutboxStrip, () => null, () => <div class="strip of-outbox" />);

const offer = later(async () => (await import('./devices/passkey-offer.tsx')).PasskeyOffer, () => null, () => null);

function Refresh({ home, ward }: { home: Kept<Home> | null; ward: string | null }) {
  const { say, language } = useSpeech();
  const { refreshing, remaining, failed, crowdedUntil } = useLine();
  const busy = remaining === null ? say('home.refreshing') : say('home.remaining', { n: remaining });
  return (
    <div class="refresh">
      <p class="note" role="status">
        {ward !== null && `${ward}　`}{refreshing ? busy : home && say('home.asOf', { time: moment(home.at, language) })}
        {crowdedUntil !== null && <crowded.Room />}
      </p>
      {failed && <p class="error" role="alert">{say('home.failed')}</p>}
      <button type="button" class="button" data-kind="quiet" disabled={refreshing || crowdedUntil !== null} onClick={() => quietly(refreshHome('now'))}>
        {say('home.refresh')}
      </button>
    </div>
  );
}
