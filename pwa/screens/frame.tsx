import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { hearNewVersion, newVersionWaits, takeNewVersion } from '../device/worker.ts';
import { moment } from '../text/dates.ts';
import type { Key } from '../text/speak.ts';
import { useDevice, useLine, useSpeech } from './device-state.tsx';
import { PasskeyLogin } from './devices/passkey-login.tsx';
import { LoginLink } from './login.tsx';
import { Icon } from './parts/icon.tsx';
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
        <NewVersion />
        {known && <Offline />}
        {known && turnedAway && <TurnedAway trouble={turnedAway} forget={forget} />}
        {known && <SignedOut trouble={trouble} place={place} />}
      </div>
      <main id="main" tabIndex={-1}>{children}</main>
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
            <a href="/help-offline">{say('offline.help')}</a>
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
        <PasskeyLogin to={place.path} plain />
      </span>
    </div>
  );
}

function TurnedAway({ trouble, forget }: { trouble: Key; forget: () => void }) {
  const { say } = useSpeech();
  return (
    <div class="banner" data-kind="sign-in" role="alert">
      <Icon name="warning" />
      <span><strong>{say(trouble)}</strong></span>
      <button type="button" class="button" data-kind="quiet" onClick={forget}>{say('login.dismiss')}</button>
    </div>
  );
}

function NewVersion() {
  const { say } = useSpeech();
  const [waits, setWaits] = useState(newVersionWaits);
  useEffect(() => hearNewVersion(() => setWaits(newVersionWaits())), []);
  if (!waits) return null;
  return (
    <div class="banner" role="status">
      <span><strong>{say('update.ready')}</strong> {say('update.safe')}</span>
      <button type="button" class="button" data-kind="quiet" onClick={() => void takeNewVersion()}>{say('update.button')}</button>
    </div>
  );
}

const DOORS = [['/', 'home'], ['/applications', 'applications'], ['/inbox', 'inbox'], ['/settings', 'settings']] as const;

function Doors({ path }: { path: string }) {
  const { say } = useSpeech();
  const { inbox } = useDevice().snapshot;
  const unread = inbox?.value.filter((notice) => notice.openedAt === null).length ?? 0;
  useEffect(() => showBadge(unread), [unread]);
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

/** The number on the app's icon, where there is one. */
function showBadge(unread: number): void {
  if ('setAppBadge' in navigator) navigator.setAppBadge(unread).catch(() => undefined);
}
