import { useEffect, useState } from 'preact/hooks';
import { NUMBERS, readPack, refreshPack, type Pack } from '../../data/emergency.ts';
import { hear } from '../../device/changes.ts';
import { moment } from '../../text/dates.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { LoginLink } from '../parts/login-link.tsx';
import { Age } from '../parts/age.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Page } from '../parts/page.tsx';
import { Contacts } from './contacts.tsx';
import { OwnPapers } from './papers.tsx';
import { Shelters } from './shelters.tsx';

const STEPS = [1, 2, 3, 4, 5] as const;

/** Always there: without a network, before a login and while the app is locked; what is hers only once it is open. */
export function EmergencyScreen() {
  const { say } = useSpeech();
  const { snapshot, isLocked } = useDevice();
  const pack = usePack();
  const isHers = !isLocked && snapshot.viewer !== null && !snapshot.signedOut?.value;
  return (
    <Page title={say('emergency.title')} back="/" lead={<p class="lead">{say('emergency.lead')}</p>}>
      <div class="pack">
        {isHers && <Notices />}
        <section aria-labelledby="first">
          <h2 id="first">{say('emergency.first')}</h2>
          <ol class="steps">{STEPS.map((n) => <li key={n}>{say(`emergency.first.${n}`)}</li>)}</ol>
        </section>
        <Numbers />
        <WardPart pack={pack} isHers={isHers} />
        {isHers ? <><Contacts /><OwnPapers /></> : isLocked ? <p class="box" data-testid="pack-locked">{say('emergency.locked')}</p> : (
          <div class="box not-printed"><p>{say('emergency.signIn')}</p><LoginLink to="/emergency" /></div>
        )}
        <details class="more not-printed"><summary>{say('language')}・Language</summary><LanguageChoice /></details>
        <button type="button" class="button not-printed" data-kind="outline" onClick={() => print()}>{say('emergency.print')}</button>
      </div>
    </Page>
  );
}

/** undefined: still read. */
function usePack(): Pack | null | undefined {
  const [pack, show] = useState<Pack | null | undefined>(undefined);
  useEffect(() => {
    const look = () => void readPack().then(show, () => show(null));
    look();
    return hear((news) => news === 'device' && look());
  }, []);
  return pack;
}

function Numbers() {
  const { say } = useSpeech();
  return (
    <section aria-labelledby="call">
      <h2 id="call">{say('emergency.call')}</h2>
      <ul class="calls">
        {NUMBERS.map(({ number, confirmed }) => (
          <li key={number}>
            <a class="button" data-kind="outline" href={`tel:${number === '7119' ? '%23' : ''}${number}`}><strong>{number === '7119' ? '#7119' : number}</strong> {say(`emergency.${number}`)}</a>
            {!confirmed && <span class="note">{say('emergency.unconfirmed')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function WardPart({ pack, isHers }: { pack: Pack | null | undefined; isHers: boolean }) {
  const { say, pick } = useSpeech();
  const { snapshot, isLocked } = useDevice();
  const { reached } = useLine();
  const wards = snapshot.service?.value.wards ?? [];
  const mine = snapshot.viewer?.value.ward ?? null;
  const choose = (code: string) => {
    const ward = wards.find((one) => one.code === code);
    if (ward) void refreshPack(ward.code, ward.name).catch(() => undefined);
  };
  useEffect(() => {
    if (pack === null && mine) choose(mine.code);
  }, [pack === null, mine?.code, reached]);
  return (
    <>
      {!isLocked && wards.length > 0 && (
        <p class="field not-printed">
          <label for="pack-ward">{say('emergency.ward')}</label>
          <select id="pack-ward" value={pack?.ward ?? mine?.code ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="" />
            {wards.map((ward) => <option key={ward.code} value={ward.code}>{pick(ward.name)}</option>)}
          </select>
        </p>
      )}
      {pack ? <Shelters pack={pack} isHers={isHers} /> : pack === null && <p class="box" data-testid="no-shelters">{say('emergency.noShelters')}</p>}
      {pack && pack.offices.length > 0 && (
        <section aria-labelledby="offices">
          <h2 id="offices">{say('emergency.offices')}</h2>
          <ul class="plain pack-list">
            {pack.offices.map(({ id, name, phone }) => (
              <li key={id}>{name} {phone ? <a href={`tel:${phone.replace(/[^\d+]/g, '')}`}>{phone}</a> : <span class="note">{say('emergency.noPhone')}</span>}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const SHOWN = 5;

function Notices() {
  const { say, pick, language } = useSpeech();
  const { inbox } = useDevice().snapshot;
  const urgent = (inbox?.value ?? []).filter(({ kind, archivedAt }) => kind === 'EMERGENCY' && archivedAt === null).slice(0, SHOWN);
  return (
    <section aria-labelledby="urgent" data-testid="pack-notices">
      <h2 id="urgent">{say('emergency.notices')}</h2>
      {urgent.length === 0 ? <p>{say('emergency.noNotices')}</p> : (
        <ul class="plain pack-list">
          {urgent.map(({ id, title, sender, sentAt }) => (
            <li key={id}><a href={`/inbox/${id}`}>{pick(title)}</a> <span class="note">{pick(sender)} {moment(sentAt, language)}</span></li>
          ))}
        </ul>
      )}
      <Age kept={inbox} />
    </section>
  );
}
