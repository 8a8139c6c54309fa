import { useEffect, useState } from 'preact/hooks';
import { tell } from '../../device/changes.ts';
import { dismissEviction } from '../../device/evicted.ts';
import { dropLost } from '../../device/shelves.ts';
import { askToStay } from '../../device/staying.ts';
import type { NewVersion } from '../../device/new-version.ts';
import { lookForNewVersion, readWhatIsNew, takeNewVersion } from '../../device/worker.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Icon } from './icon.tsx';

/** What has happened to the device's store or to the app itself: said in words, with what she can do about it. */
export function DeviceNotes({ version }: { version: NewVersion }) {
  const { outdated, full } = useLine();
  return (
    <>
      {outdated ? <Outdated version={version} /> : <Newer version={version} />}
      <Evicted />
      <Waiting />
      <Lost />
      {full && <Full />}
    </>
  );
}

const Update = () => {
  const { say } = useSpeech();
  return <button type="button" class="button" data-kind="quiet" onClick={() => void takeNewVersion()}>{say('update.button')}</button>;
};

/** This app and the house are of different releases: it cannot go on as it is. */
function Outdated({ version }: { version: NewVersion }) {
  const { say } = useSpeech();
  useEffect(() => void lookForNewVersion(), []);
  return (
    <div class="banner" data-kind="sign-in" role="alert" data-testid="outdated">
      <Icon name="warning" />
      <span><strong>{say('update.needed')}</strong> {say('update.kept')} {version === 'nothing' && say('update.looking')}</span>
      {version === 'nothing'
        ? <button type="button" class="button" data-kind="quiet" onClick={() => void takeNewVersion()}>{say('update.reload')}</button>
        : <Update />}
    </div>
  );
}

function Newer({ version }: { version: NewVersion }) {
  const { say, language } = useSpeech();
  const [news, setNews] = useState<Record<string, string> | null>(null);
  useEffect(() => {
    if (version === 'ready') void readWhatIsNew().then(setNews);
  }, [version]);
  if (version === 'nothing') return null;
  const told = news?.[language] ?? news?.['en'];
  return (
    <div class="banner" role="status" data-testid="new-version">
      <span>
        <strong>{say(version === 'ready' ? 'update.ready' : 'update.elsewhere')}</strong> {say('update.safe')}
        {told && <><br />{say('update.news', { news: told })}</>}
      </span>
      <Update />
    </div>
  );
}

function Evicted() {
  const { say } = useSpeech();
  const { evicted } = useDevice();
  const [stays, setStays] = useState<boolean | null>(null);
  if (!evicted) return null;
  const { held } = evicted;
  const lost = held === null ? say('evicted.unknown') : held.drafts + held.unsent > 0 ? say('evicted.lost', held) : null;
  const stay = () => void askToStay().then((staying) => setStays(staying === 'stays'));
  return (
    <div class="banner" data-kind="sign-in" role="alert" data-testid="evicted">
      <Icon name="warning" />
      <span><strong>{say('evicted.title')}</strong> {say('evicted.why')} {lost}</span>
      {stays === null
        ? <button type="button" class="button" data-kind="quiet" onClick={stay}>{say('evicted.stay')}</button>
        : <span>{say(stays ? 'storage.stays' : 'storage.notGiven')}</span>}
      <button type="button" class="button" data-kind="quiet" onClick={() => void dismissEviction().then(() => tell('device'))}>{say('evicted.ok')}</button>
    </div>
  );
}

function Lost() {
  const { say } = useSpeech();
  const { shut: { drafts, outbox } } = useDevice();
  const lost = { drafts: drafts.lost.length, unsent: outbox.lost.length };
  const newer = drafts.newer.length + outbox.newer.length;
  return (
    <>
      {lost.drafts + lost.unsent > 0 && (
        <div class="banner" data-kind="sign-in" role="alert" data-testid="lost">
          <Icon name="warning" />
          <span><strong>{say('shut.lost', { n: lost.drafts + lost.unsent })}</strong> {say('shut.lostHelp', lost)}</span>
          <button type="button" class="button" data-kind="quiet" onClick={() => void dropLost().then(() => tell('drafts'))}>{say('shut.drop')}</button>
        </div>
      )}
      {newer > 0 && <div class="banner" role="status" data-testid="newer-here"><span>{say('shut.newer', { n: newer })}</span></div>}
    </>
  );
}

function Waiting() {
  const { say } = useSpeech();
  const { shared } = useDevice();
  if (shared === 0 || location.pathname === '/shared') return null;
  return <div class="banner" role="status" data-testid="shared-waits"><span><a href="/shared">{say('shared.strip', { n: shared })}</a></span></div>;
}

function Full() {
  const { say } = useSpeech();
  return (
    <div class="banner" data-kind="sign-in" role="alert" data-testid="full">
      <Icon name="warning" />
      <span><strong>{say('storage.full')}</strong> <a href="/storage">{say('storage.look')}</a></span>
    </div>
  );
}
