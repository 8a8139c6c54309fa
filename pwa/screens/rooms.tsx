import { Fragment, type VNode } from 'preact';
import { isUndecided } from '../data/undecided.ts';
import { useDevice, useLine } from './device-state.tsx';
import { Gone } from './parts/gone.tsx';
import { later } from './parts/later.tsx';
import { decoded, type Place } from './router.ts';

const unopened = () => <Gone text="open.failed" help="open.failedHelp" />;
const noForm = () => <Gone text="form.none" help="form.noneHelp" />;

/** Every room but home, each fetched when it is opened or when there is nothing else to do. */
export const ROOMS = {
  account: later(async () => (await import('./account/account.tsx')).AccountScreen, unopened),
  addresses: later(async () => (await import('./reach/addresses.tsx')).AddressesScreen, unopened),
  answers: later(async () => (await import('./answers.tsx')).AnswersScreen, unopened),
  application: later(async () => (await import('./application.tsx')).ApplicationScreen, unopened),
  applications: later(async () => (await import('./applications.tsx')).ApplicationsScreen, unopened),
  apply: later(async () => (await import('./form/apply.tsx')).ApplyScreen, noForm),
  benefits: later(async () => (await import('./benefits.tsx')).BenefitsScreen, unopened),
  bookings: later(async () => (await import('./bookings/bookings.tsx')).BookingsRoom, unopened),
  calendars: later(async () => (await import('./calendars/calendars.tsx')).CalendarsScreen, unopened),
  carry: later(async () => (await import('./carry/carry.tsx')).CarryScreen, unopened),
  catalogue: later(async () => (await import('./catalogue.tsx')).CatalogueRoom, unopened),
  components: later(async () => (await import('./components/components.tsx')).ComponentsScreen, unopened),
  consents: later(async () => (await import('./consents/consents.tsx')).ConsentsScreen, unopened),
  copy: later(async () => (await import('./wallet/copy.tsx')).CopyScreen, unopened),
  counterSheet: later(async () => (await import('./moving/sheet.tsx')).SheetScreen, unopened),
  deskCode: later(async () => (await import('./account/code.tsx')).CodeScreen, unopened),
  devices: later(async () => (await import('./devices/devices.tsx')).DevicesScreen, unopened),
  difference: later(async () => (await import('./moving/difference.tsx')).DifferenceScreen, unopened),
  emergency: later(async () => (await import('./emergency/emergency.tsx')).EmergencyScreen, unopened),
  facilities: later(async () => (await import('./facilities/facilities.tsx')).FacilitiesRoom, unopened),
  family: later(async () => (await import('./family/family.tsx')).FamilyRoom, unopened),
  finishLogin: later(async () => (await import('./login-elsewhere/finish.tsx')).FinishLoginScreen, unopened),
  folders: later(async () => (await import('./together/folder.tsx')).FolderScreen, unopened),
  handedOver: later(async () => (await import('./login-elsewhere/handed-over.tsx')).HandedOverScreen, unopened),
  handover: later(async () => (await import('./handover.tsx')).HandoverScreen, unopened),
  helpOffline: later(async () => (await import('./help-offline.tsx')).HelpOfflineScreen, unopened),
  inbox: later(async () => (await import('./inbox/inbox.tsx')).InboxScreen, unopened),
  install: later(async () => (await import('./device/install.tsx')).InstallScreen, unopened),
  issued: later(async () => (await import('./wallet/documents.tsx')).DocumentsScreen, unopened),
  links: later(async () => (await import('./links/links.tsx')).LinksScreen, unopened),
  locked: later(async () => (await import('./devices/locked.tsx')).LockedScreen, unopened),
  notice: later(async () => (await import('./notice/notice.tsx')).NoticeScreen, unopened),
  partners: later(async () => (await import('./reach/partners.tsx')).PartnersScreen, unopened),
  parts: later(async () => (await import('./tasks/parts.tsx')).PartsScreen, unopened),
  payments: later(async () => (await import('./payments/payments.tsx')).PaymentsRoom, unopened),
  readings: later(async () => (await import('./readings/readings.tsx')).ReadingsScreen, unopened),
  records: later(async () => (await import('./records/records.tsx')).RecordsScreen, unopened),
  scan: later(async () => (await import('./device/scan.tsx')).ScanScreen, unopened),
  school: later(async () => (await import('./school/school.tsx')).SchoolRoom, unopened),
  settings: later(async () => (await import('./settings.tsx')).SettingsScreen, unopened),
  shared: later(async () => (await import('./device/shared.tsx')).SharedScreen, unopened),
  sheet: later(async () => (await import('./wallet/sheet.tsx')).DocumentScreen, unopened),
  step: later(async () => (await import('./step.tsx')).StepScreen, unopened),
  storage: later(async () => (await import('./device/storage.tsx')).StorageScreen, unopened),
  task: later(async () => (await import('./tasks/task.tsx')).TaskScreen, unopened),
  together: later(async () => (await import('./together/together.tsx')).TogetherScreen, noForm),
  verify: later(async () => (await import('./verify/verify.tsx')).VerifyScreen, unopened),
  wallet: later(async () => (await import('./wallet/wallet.tsx')).WalletScreen, unopened),
};

/** Stands in place of whatever the address names. */
export type Instead = 'locked' | 'handover' | 'consents' | null;

/** Every screen but home and the door. */
export function RoomAt({ place, instead }: { place: Place; instead: Instead }) {
  const { snapshot: { viewer } } = useDevice();
  const { unsentOfAnother } = useLine();
  if (instead === 'locked' && place.path === '/emergency') return <ROOMS.emergency.Room />;
  if (instead === 'locked') return <ROOMS.locked.Room to={place.path + location.search} />;
  if (instead === 'handover') return <ROOMS.handover.Room unsent={unsentOfAnother} />;
  if (instead === 'consents') return <ROOMS.consents.Room key="first" isFirst />;
  return <Fragment key={place.path}>{roomAt(place, viewer !== null && isUndecided(viewer.value))}</Fragment>;
}

/** The room at a place, as an element of the page. */
function roomAt(place: Place, isUndecidedYet: boolean): VNode {
  const [, room = '', raw] = place.path.split('/');
  if (raw !== undefined) {
    const id = decoded(raw);
    if (id === null) return <Gone text="notFound" />;
    if (room === 'step') return <ROOMS.step.Room id={id} />;
    if (room === 'apply') return <ROOMS.apply.Room id={id} review={place.query.has('review')} write={place.query.has('write')} />;
    if (room === 'together') return <ROOMS.together.Room key={id} event={id} query={place.query} />;
    if (room === 'folders') return <ROOMS.folders.Room id={id} />;
    if (room === 'applications') return <ROOMS.application.Room id={id} />;
    if (room === 'inbox') return <ROOMS.notice.Room id={id} />;
    if (room === 'moving' && id === 'difference') return <ROOMS.difference.Room />;
    if (room === 'moving' && id === 'sheet') return <ROOMS.counterSheet.Room />;
    if (room === 'carry') return <ROOMS.carry.Room step={id} />;
    if (room === 'family') return <ROOMS.family.Room id={id} />;
    if (room === 'school') return <ROOMS.school.Room key={id} id={id} query={place.query} />;
    if (room === 'payments') return <ROOMS.payments.Room id={id} query={place.query} />;
    if (room === 'facilities') return <ROOMS.facilities.Room id={id} query={place.query} />;
    if (room === 'bookings') return <ROOMS.bookings.Room id={id} query={place.query} />;
    if (room === 'documents') return <ROOMS.sheet.Room id={id} />;
    if (room === 'wallet') return <ROOMS.wallet.Room id={id} />;
    if (room === 'parts') return <ROOMS.parts.Room step={id} />;
    if (room === 'procedure' || room === 'events') return <ROOMS.catalogue.Room room={room} id={id} asked="" />;
    return <Gone text="notFound" />;
  }
  switch (room) {
    case 'account': return <ROOMS.account.Room />;
    case 'code': return <ROOMS.deskCode.Room to={place.query.get('to')} />;
    case 'answers': return <ROOMS.answers.Room />;
    case 'benefits': return <ROOMS.benefits.Room />;
    case 'applications': return <ROOMS.applications.Room />;
    case 'inbox': return <ROOMS.inbox.Room query={place.query} />;
    case 'readings': return <ROOMS.readings.Room />;
    case 'addresses': return <ROOMS.addresses.Room />;
    case 'partners': return <ROOMS.partners.Room />;
    case 'calendars': return <ROOMS.calendars.Room />;
    case 'payments': return <ROOMS.payments.Room id={null} query={place.query} />;
    case 'school': return <ROOMS.school.Room id={null} query={place.query} />;
    case 'links': return <ROOMS.links.Room query={place.query} />;
    case 'consents': return <ROOMS.consents.Room isFirst={isUndecidedYet} />;
    case 'carry': return <ROOMS.carry.Room step={null} />;
    case 'family': return <ROOMS.family.Room id={null} />;
    case 'facilities': return <ROOMS.facilities.Room id={null} query={place.query} />;
    case 'bookings': return <ROOMS.bookings.Room id={null} query={place.query} />;
    case 'task': return <ROOMS.task.Room />;
    case 'copy': return <ROOMS.copy.Room />;
    case 'documents': return <ROOMS.issued.Room />;
    case 'wallet': return <ROOMS.wallet.Room id={null} />;
    case 'parts': return <ROOMS.parts.Room step={null} />;
    case 'devices': return <ROOMS.devices.Room />;
    case 'records': return <ROOMS.records.Room />;
    case 'search':
    case 'events': return <ROOMS.catalogue.Room room={room} id={null} asked={place.query.get('q') ?? ''} />;
    case 'settings': return <ROOMS.settings.Room />;
    case 'handed-over': return <ROOMS.handedOver.Room />;
    case 'finish-login': return <ROOMS.finishLogin.Room />;
    case 'emergency': return <ROOMS.emergency.Room />;
    case 'install': return <ROOMS.install.Room />;
    case 'scan': return <ROOMS.scan.Room />;
    case 'shared': return <ROOMS.shared.Room missed={place.query.has('missed')} />;
    case 'storage': return <ROOMS.storage.Room />;
    case 'verify': return <ROOMS.verify.Room />;
    case 'components': return <ROOMS.components.Room />;
    case 'help-offline': return <ROOMS.helpOffline.Room />;
    default: return <Gone text="notFound" />;
  }
}

type Ahead = { load?: () => Promise<unknown> };

/** Begins to fetch the room at a place, beside whatever the page waits for besides. */
export function fetchAhead(place: Place): void {
  void (roomAt(place, false).type as Ahead).load?.();
}

/** Who is not known here opens these alone. */
const FOR_EVERYBODY = [ROOMS.catalogue, ROOMS.facilities];
const MOST_WANTED = [ROOMS.step, ROOMS.inbox, ROOMS.notice, ROOMS.applications, ROOMS.application, ROOMS.settings, ROOMS.apply, ROOMS.emergency];

/** Fetches the rooms one after the other while nothing else is to be done, so that each is there before it is opened. */
export function fetchWhenIdle(isHere: boolean): () => void {
  const left: { load: () => Promise<unknown> }[] = isHere ? [...new Set([...MOST_WANTED, ...Object.values(ROOMS)])] : [...FOR_EVERYBODY];
  let isOver = false;
  const next = () => {
    const room = left.shift();
    if (room && !isOver) void room.load().then(() => whenIdle(next));
  };
  whenIdle(next);
  return () => { isOver = true; };
}

/** Safari has no idle callback. */
const whenIdle = (work: () => void): unknown =>
  ('requestIdleCallback' in globalThis ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 200));
