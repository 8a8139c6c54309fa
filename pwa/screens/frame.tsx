import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isUnread } from '../data/mail/letter.ts';
import { showBadge } from '../device/badge.ts';
import { asksLanguage } from '../device/language.ts';
import { hearNewVersion, readNewVersion } from '../device/new-version.ts';
import { moment } from '../text/dates.ts';
import type { Key } from '../text/speak.ts';
import { useDevice, useLine, useSpeech } from './device-state.tsx';
import { useInbox } from './inbox/use-inbox.ts';
import { LoginLink } from './parts/login-link.tsx';
import { Icon } from './parts/icon.tsx';
import { later } from './parts/later.tsx';
import { isForEverybody, type Place } from './router.ts';

type FrameProps = {
  known: boolean; trouble: Key | null; place: Place; children: ComponentChildren;
  /** What she left for from here and did not get: said where she is, until she closes it. */
  turnedAway: Key | null; forget: () => void;
};

/** What stands around every screen: the banners above and the four doors below. */
export function Frame({ known, trouble, turnedAway, forget, place, children }: FrameProps) {
  const { say } = useSpeech();
  return (
    <>
      <a class="skip" href="#main">{say('skip')}</a>
      {(known || isForEverybody(place.path)) && <Top path={place.path} />}
      <div class="banners">
        {asksLanguage() && <languages.Room />}
        <DeviceNotes />
        <WardBanners />
        {known && <Offline />}
        {known && turnedAway && <turned.Room trouble={turnedAway} forget={forget} />}
        {known && <sessionEnds.Room place={place} />}
        {known && <SignedOut trouble={trouble} place={place} />}
      </div>
      <main id="main" tabIndex={-1}>{children}</main>
      <Foot />
      {known && <Doors path={place.path} />}
    </>
  );
}

function Top({ path }: { path: string }) {
  const { say } = useSpeech();
  return (
    <header class="top">
      <a href="/" class="brand"><Mark />{say('appName')}</a>
      <a href="/search" class="to-search" aria-current={path === '/search' ? 'page' : undefined}><Icon name="search" />{say('nav.search')}</a>
    </header>
  );
}

/** Help stands at the same place of every screen (WCAG 3.2.6). */
function Foot() {
  const { say } = useSpeech();
  return (
    <footer class="foot">
      <a href="/help-offline">{say('offline.help')}</a>
      <a href="/accessibility">{say('foot.access')}</a>
    </footer>
  );
}

const Mark = () => <img src="/icons/icon.svg" alt="" width="28" height="28" />;

function Offline() {
  const { say, language } = useSpeech();
  const { home } = useDevice().snapshot;
  const { reached } = useLine();
  return (
    <div role="status">
      {!reached && (
        <p class="banner" data-kind="offline" data-testid="offline-banner">
          <Icon name="offline" />
          <span>
            <strong>{say('offline.title')}</strong>{' '}
            {home ? say('offline.age', { time: moment(home.at, language) }) : say('offline.unheard')}{' '}
            <a href="/help-offline">{say('offline.help')}</a>{' '}<a href="/emergency">{say('emergency.link')}</a>
          </span>
        </p>
      )}
    </div>
  );
}

function SignedOut({ trouble, place }: { trouble: Key | null; place: Place }) {
  const { say } = useSpeech();
  const { signedOut } = useDevice().snapshot;
  if (!signedOut?.value && !trouble) return null;
  return (
    <div class="banner" data-kind="sign-in" role="status">
      <Icon name="warning" />
      <span>
        {trouble ? <strong>{say(trouble)}</strong> : <><strong>{say('login.again')}</strong> {say('login.againHelp')}</>}{' '}
        <LoginLink to={place.path} plain />
        <passkey.Room to={place.path} plain />
      </span>
    </div>
  );
}

const nothing = () => null;
const turned = later(async () => (await import('./parts/turned-away.tsx')).TurnedAway, nothing, nothing);
const languages = later(async () => (await import('./parts/language-offer.tsx')).LanguageOffer, nothing, () => <div class="strip of-languages" />);
const sessionEnds = later(async () => (await import('./session-end.tsx')).SessionEnds, nothing, nothing);
const passkey = later(async () => (await import('./devices/passkey-login.tsx')).PasskeyLogin, nothing, nothing);
const notes = later(async () => (await import('./parts/device-notes.tsx')).DeviceNotes, () => null, () => null);

/** Fetched beside the first screen; mostly there are none. */
function WardBanners() {
  const [Banners, show] = useState<(() => VNode) | null>(null);
  useEffect(() => void import('./parts/ward-banners.tsx').then((room) => show(() => room.WardBanners), () => undefined), []);
  return Banners && <Banners />;
}

/** What the device itself has to say, which is mostly nothing. */
function DeviceNotes() {
  const { shut, evicted, shared } = useDevice();
  const { outdated, full } = useLine();
  const [version, setVersion] = useState(readNewVersion);
  useEffect(() => hearNewVersion(() => setVersion(readNewVersion())), []);
  const isShut = Object.values(shut).some(({ lost, newer }) => lost.length + newer.length > 0);
  return version === 'nothing' && !outdated && !full && !evicted && shared === 0 && !isShut ? null : <notes.Room version={version} />;
}

const DOORS = [['/', 'home'], ['/applications', 'applications'], ['/inbox', 'inbox'], ['/settings', 'settings']] as const;

function Doors({ path }: { path: string }) {
  const { say } = useSpeech();
  const unread = useInbox()?.filter((notice) => isUnread(notice) && notice.archivedAt === null).length ?? 0;
  useEffect(() => void showBadge(unread).catch(() => undefined), [unread]);
  return (
    <nav class="doors" aria-label={say('nav.label')}>
      {DOORS.map(([to, name]) => (
        <a key={to} href={to} aria-current={isWithin(path, to) ? 'page' : undefined}>
          <Icon name={name} />{say(`nav.${name}`)}
          {name === 'inbox' && unread > 0 && (
            <><span class="count" aria-hidden="true">{unread}</span><span class="unseen"> {say('nav.unread', { n: unread })}</span></>
          )}
        </a>
      ))}
    </nav>
  );
}

const isWithin = (path: string, door: string): boolean =>
  door === '/' ? path === '/' || /^\/(step\/|apply\/|moving\/|answers$|benefits$|records$)/.test(path) : path.startsWith(door);
