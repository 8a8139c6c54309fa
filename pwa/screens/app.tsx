import { useEffect, useState } from 'preact/hooks';
import { isUndecided, restsOnConsent } from '../data/consents.ts';
import { holdCarriedCode } from '../data/held-code.ts';
import { holdCode } from '../data/family.ts';
import { HTML_LANG, type Key } from '../text/speak.ts';
import { AnswersScreen } from './answers.tsx';
import { ApplicationScreen } from './application.tsx';
import { ApplicationsScreen } from './applications.tsx';
import { BenefitsScreen } from './benefits.tsx';
import { useDevice, useLine } from './device-state.tsx';
import { StepUpDoor } from './devices/step-up-door.tsx';
import { Frame } from './frame.tsx';
import { HandoverScreen } from './handover.tsx';
import { HelpOfflineScreen } from './help-offline.tsx';
import { HomeScreen } from './home.tsx';
import { InboxScreen } from './inbox.tsx';
import { LoginScreen, troubleOf } from './login.tsx';
import { DifferenceScreen } from './moving/difference.tsx';
import { SheetScreen } from './moving/sheet.tsx';
import { NoticeScreen } from './notice.tsx';
import { Gone } from './parts/gone.tsx';
import { later } from './parts/later.tsx';
import { Loading } from './parts/page.tsx';
import { decoded, go, isForEverybody, usePlace, type Place } from './router.ts';
import { SettingsScreen } from './settings.tsx';
import { StepScreen } from './step.tsx';

/** The whole app: who holds this device decides between the door and the rooms. */
export function App() {
  const place = usePlace();
  const { snapshot, language, isLocked } = useDevice();
  useEffect(() => {
    document.documentElement.lang = HTML_LANG[language];
    document.documentElement.dataset.language = language;
  }, [language]);
  const { arriving, unsentOfAnother } = useLine();
  const known = !arriving && unsentOfAnother === 0 && snapshot.viewer !== null;
  const isHere = known && !snapshot.signedOut?.value;
  const mustAnswer = snapshot.viewer !== null && isUndecided(snapshot.viewer.value) && restsOnConsent(place.path);
  useEffect(holdCode, []);
  useEffect(holdCarriedCode, []);
  const trouble = isHere ? null : troubleOf(place.query);
  const [turnedAway, turnAway] = useState<Key | null>(null);
  useEffect(() => {
    if (!isHere || !place.query.has('login') || place.path === '/links') return; // that page tells it in its own words
    if (place.path !== '/') turnAway(troubleOf(place.query)); // at the door it is an old address: she is in
    place.query.delete('login');
    go(place.path + (place.query.size > 0 ? `?${place.query}` : ''), 'replace');
  }, [isHere, place]);
  useEffect(() => {
    if (isHere) void apply.load();
    if (isHere) void together.load();
    if (isHere) void folders.load();
    void catalogue.load();
    if (isHere) void records.load();
    if (isHere) void issued.load();
    if (isHere) void wallet.load();
    if (isHere) void sheet.load();
    if (isHere) void family.load();
    void facilities.load();
    if (isHere) void bookings.load();
    if (isHere) void account.load();
    if (isHere) void consents.load();
    if (isHere) void readings.load();
    if (isHere) void payments.load();
  }, [isHere]);
  if (isLocked) {
    return <Frame known={false} trouble={null} turnedAway={null} forget={() => turnAway(null)} place={place}><locked.Room to={place.path + location.search} /></Frame>;
  }
  if (unsentOfAnother > 0) {
    return <Frame known={false} trouble={null} turnedAway={null} forget={() => turnAway(null)} place={place}><HandoverScreen unsent={unsentOfAnother} /></Frame>;
  }
  return (
    <Frame known={known} trouble={trouble} turnedAway={turnedAway} forget={() => turnAway(null)} place={place}>
      {arriving ? <Loading /> : known || isForEverybody(place.path)
        ? mustAnswer ? <consents.Room key="first" isFirst /> : <Room key={place.path} place={place} />
        : <LoginScreen trouble={trouble} to={place.path} />}
      {known && <StepUpDoor />}
    </Frame>
  );
}

/** The form with what judges it, and the public catalogue with its search. */
const apply = later(async () => (await import('./form/apply.tsx')).ApplyScreen, () => <Gone text="form.none" help="form.noneHelp" />);
const catalogue = later(async () => (await import('./catalogue.tsx')).CatalogueRoom, () => <Gone text="open.failed" help="open.failedHelp" />);

const together = later(async () => (await import('./together/together.tsx')).TogetherScreen, () => <Gone text="form.none" help="form.noneHelp" />);
const folders = later(async () => (await import('./together/folder.tsx')).FolderScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const devices = later(async () => (await import('./devices/devices.tsx')).DevicesScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const locked = later(async () => (await import('./devices/locked.tsx')).LockedScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const verify = later(async () => (await import('./verify/verify.tsx')).VerifyScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const records = later(async () => (await import('./records/records.tsx')).RecordsScreen, () => <Gone text="open.failed" help="open.failedHelp" />);

const handedOver = later(async () => (await import('./login-elsewhere/handed-over.tsx')).HandedOverScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const finishLogin = later(async () => (await import('./login-elsewhere/finish.tsx')).FinishLoginScreen, () => <Gone text="open.failed" help="open.failedHelp" />);

const account = later(async () => (await import('./account/account.tsx')).AccountScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const deskCode = later(async () => (await import('./account/code.tsx')).CodeScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const links = later(async () => (await import('./links/links.tsx')).LinksScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const calendars = later(async () => (await import('./calendars/calendars.tsx')).CalendarsScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const payments = later(async () => (await import('./payments/payments.tsx')).PaymentsRoom, () => <Gone text="open.failed" help="open.failedHelp" />);
const consents = later(async () => (await import('./consents/consents.tsx')).ConsentsScreen, () => <Gone text="open.failed" help="open.failedHelp" />);

const carry = later(async () => (await import('./carry/carry.tsx')).CarryScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const family = later(async () => (await import('./family/family.tsx')).FamilyRoom, () => <Gone text="open.failed" help="open.failedHelp" />);
const facilities = later(async () => (await import('./facilities/facilities.tsx')).FacilitiesRoom, () => <Gone text="open.failed" help="open.failedHelp" />);
const bookings = later(async () => (await import('./bookings/bookings.tsx')).BookingsRoom, () => <Gone text="open.failed" help="open.failedHelp" />);
const task = later(async () => (await import('./tasks/task.tsx')).TaskScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const issued = later(async () => (await import('./wallet/documents.tsx')).DocumentsScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const sheet = later(async () => (await import('./wallet/sheet.tsx')).DocumentScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const copy = later(async () => (await import('./wallet/copy.tsx')).CopyScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const wallet = later(async () => (await import('./wallet/wallet.tsx')).WalletScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const parts = later(async () => (await import('./tasks/parts.tsx')).PartsScreen, () => <Gone text="open.failed" help="open.failedHelp" />);
const readings = later(async () => (await import('./readings/readings.tsx')).ReadingsScreen, () => <Gone text="open.failed" help="open.failedHelp" />);

function Room({ place }: { place: Place }) {
  const { snapshot } = useDevice();
  const [, room = '', raw] = place.path.split('/');
  if (raw !== undefined) {
    const id = decoded(raw);
    if (id === null) return <Gone text="notFound" />;
    if (room === 'step') return <StepScreen id={id} />;
    if (room === 'apply') return <apply.Room id={id} review={place.query.has('review')} write={place.query.has('write')} />;
    if (room === 'together') return <together.Room key={id} event={id} query={place.query} />;
    if (room === 'folders') return <folders.Room id={id} />;
    if (room === 'applications') return <ApplicationScreen id={id} />;
    if (room === 'inbox') return <NoticeScreen id={id} />;
    if (room === 'moving' && id === 'difference') return <DifferenceScreen />;
    if (room === 'moving' && id === 'sheet') return <SheetScreen />;
    if (room === 'carry') return <carry.Room step={id} />;
    if (room === 'family') return <family.Room id={id} />;
    if (room === 'payments') return <payments.Room id={id} query={place.query} />;
    if (room === 'facilities') return <facilities.Room id={id} query={place.query} />;
    if (room === 'bookings') return <bookings.Room id={id} query={place.query} />;
    if (room === 'documents') return <sheet.Room id={id} />;
    if (room === 'wallet') return <wallet.Room id={id} />;
    if (room === 'parts') return <parts.Room step={id} />;
    if (room === 'procedure' || room === 'events') return <catalogue.Room room={room} id={id} asked="" />;
    return <Gone text="notFound" />;
  }
  switch (room) {
    case '': return <HomeScreen />;
    case 'account': return <account.Room />;
    case 'code': return <deskCode.Room to={place.query.get('to')} />;
    case 'answers': return <AnswersScreen />;
    case 'benefits': return <BenefitsScreen />;
    case 'applications': return <ApplicationsScreen />;
    case 'inbox': return <InboxScreen />;
    case 'readings': return <readings.Room />;
    case 'calendars': return <calendars.Room />;
    case 'payments': return <payments.Room id={null} query={place.query} />;
    case 'links': return <links.Room query={place.query} />;
    case 'consents': return <consents.Room isFirst={snapshot.viewer !== null && isUndecided(snapshot.viewer.value)} />;
    case 'carry': return <carry.Room step={null} />;
    case 'family': return <family.Room id={null} />;
    case 'facilities': return <facilities.Room id={null} query={place.query} />;
    case 'bookings': return <bookings.Room id={null} query={place.query} />;
    case 'task': return <task.Room />;
    case 'copy': return <copy.Room />;
    case 'documents': return <issued.Room />;
    case 'wallet': return <wallet.Room id={null} />;
    case 'parts': return <parts.Room step={null} />;
    case 'devices': return <devices.Room />;
    case 'records': return <records.Room />;
    case 'search':
    case 'events': return <catalogue.Room room={room} id={null} asked={place.query.get('q') ?? ''} />;
    case 'settings': return <SettingsScreen />;
    case 'handed-over': return <handedOver.Room />;
    case 'finish-login': return <finishLogin.Room />;
    case 'verify': return <verify.Room />;
    case 'help-offline': return <HelpOfflineScreen />;
    default: return <Gone text="notFound" />;
  }
}
