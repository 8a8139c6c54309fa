import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { chooseMovingTo, mergeUnderWay, readChanges, refreshAccount } from '../../data/account.ts';
import { quietly } from '../../data/refresh.ts';
import type { Account, Language, Text } from '../../data/shapes.ts';
import { dayOfRecord, moment } from '../../text/dates.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Line } from '../parts/line.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { silence, unread } from '../parts/silence.ts';
import { Erase } from './erase.tsx';
import { Merge, Merged } from './merge.tsx';
import { Failed, OfflineNote } from '../parts/states.tsx';

/** What we hold of her, from where and since when, and what she may do about it. */
export function AccountScreen() {
  const { account } = useDevice().snapshot;
  const { say } = useSpeech();
  const { reached } = useLine();
  const [failed, setFailed] = useState('');
  const load = () => {
    setFailed('');
    quietly(refreshAccount().catch((cause: unknown) => {
      setFailed(unread({ say }, cause, 'account.failed'));
      throw cause;
    }));
  };
  useEffect(load, []);
  if (!account && !failed && reached) return <Loading />;
  return (
    <Page title={say('account.title')} back="/settings" lead={<><p class="lead">{say('account.lead')}</p><Age kept={account} /></>}>
      {!reached && <OfflineNote>{say(account ? 'account.offline' : 'account.offlineNone')}</OfflineNote>}
      {failed !== '' && (
        <Failed again={{ words: say('account.again'), act: load }}>{failed}</Failed>
      )}
      {account && <Held account={account.value} />}
    </Page>
  );
}

function Held({ account }: { account: Account }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [merged, setMerged] = useState(false);
  const [cameBack] = useState(() => mergeUnderWay() !== null); // what begins on this page is offered after the second login
  const isOffered = cameBack && mergeUnderWay() !== null;
  const done = () => setMerged(true);
  return (
    <>
      {merged && <Merged />}
      {isOffered && reached && <Merge isOffered done={done} />}
      {(account.changedAt !== null || account.calledOffAt !== null) && <News account={account} />}
      <section aria-labelledby="told"><h2 id="told">{say(`account.told.${account.knownBy}`)}</h2><Told account={account} /></section>
      <section aria-labelledby="ward"><h2 id="ward">{say('account.ward')}</h2><Ward account={account} /></section>
      <section aria-labelledby="more">
        <h2 id="more">{say('account.more')}</h2>
        <ul class="links">
          <li><a href="/devices">{say('devices.link')}</a></li>
          <li><a href="/links">{say('links.title')}</a></li>
          <li><a href="/family">{say('family.link')}</a></li>
          <li><a href="/consents">{say('consents.link')}</a></li>
          <li><a href="/records">{say('records.link')}</a></li>
          <li><a href="/readings">{say('settings.readings')}</a></li>
        </ul>
      </section>
      {!isOffered && <Merge isOffered={false} done={done} />}
      <Take />
      <Erase graceDays={account.graceDays} />
    </>
  );
}

/** All of hers as one file; the house makes it, so it wants a network. */
function Take() {
  const { say } = useSpeech();
  const { reached } = useLine();
  return (
    <section aria-labelledby="take">
      <h2 id="take">{say('account.take')}</h2>
      <p>{say('account.takeHelp')}</p>
      {reached
        ? <p><a class="button" data-kind="outline" href="/account/data.zip" download data-testid="take-all">{say('account.takeYes')}</a></p>
        : <OfflineNote>{say('account.offline')}</OfflineNote>}
    </section>
  );
}

/** What changed since she last read it, and that a wish to be erased was called off. */
function News({ account }: { account: Account }) {
  const speech = useSpeech();
  const { say, language } = speech;
  const act = useAct();
  const changed = account.told.filter((told) => told.before !== null);
  return (
    <section class="alert" data-kind="note" aria-labelledby="news" data-testid="account-news">
      <h2 id="news">{say(changed.length > 0 ? 'account.changed' : 'account.calledOff')}</h2>
      {account.calledOffAt !== null && <p>{say('account.calledOffHelp', { time: moment(account.calledOffAt, language) })}</p>}
      {changed.length > 0 && (
        <dl class="facts">
          {changed.map((told) => (
            <Line key={told.item} term={say(`account.item.${told.item}`)}>
              <span class="note">{say('account.before', { value: written(told.item, told.before ?? '', speech) })}</span>
              <strong>{say('account.now', { value: written(told.item, told.value, speech) })}</strong>
            </Line>
          ))}
        </dl>
      )}
      <button type="button" class="button" data-kind="outline" disabled={act.busy} onClick={() => void act.run(readChanges)}>{say('account.read')}</button>
      {act.why && <p class="error" role="alert">{act.why}</p>}
    </section>
  );
}

function Told({ account }: { account: Account }) {
  const speech = useSpeech();
  const { say, language } = speech;
  return (
    <>
      <dl class="facts">
        {account.told.map((told) => (
          <Line key={told.item} term={say(`account.item.${told.item}`)}>
            {told.value === '' ? <span class="note">{say('account.declined')}</span> : written(told.item, told.value, speech)}
            {told.at !== null && <span class="note">{say('account.at', { time: moment(told.at, language) })}</span>}
          </Line>
        ))}
      </dl>
      {account.told.some((told) => RARE.test(told.value)) && <p class="note">{say('account.rare')}</p>}
      <p class="note">{say(`account.toldHelp.${account.knownBy}`)}</p>
      <p class="note">{say('account.since', { day: dayOfRecord(account.madeAt.slice(0, 10), language) })}</p>
      {account.mergedAt !== null && <p class="note">{say('account.merged', { time: moment(account.mergedAt, language) })}</p>}
    </>
  );
}

/** Characters of a register that a phone may have no picture of: private ones, variants, and what stands for one. */
const RARE = /[\p{Co}〓\u{e0100}-\u{e01ef}]/u;

function Ward({ account }: { account: Account }) {
  const { say, pick } = useSpeech();
  const { service } = useDevice().snapshot;
  const { reached } = useLine();
  const act = useAct();
  if (account.ward) return <p><strong>{pick(account.ward.name)}</strong></p>;
  return (
    <>
      <p>{say('account.noWard')}</p>
      <label for="moving-to">{say('account.movingTo')}</label>
      <p class="note" id="moving-to-help">{say('account.movingToHelp')}</p>
      <select
        id="moving-to" aria-describedby="moving-to-help" disabled={!reached || act.busy} value={account.movingTo?.code ?? ''}
        onChange={({ currentTarget }) => void act.run(() => chooseMovingTo(currentTarget.value || null))}
      >
        <option value="">{say('account.movingNowhere')}</option>
        {service?.value.wards.map((ward) => <option key={ward.code} value={ward.code}>{pick(ward.name)}</option>)}
      </select>
      {act.why && <p class="error" role="alert">{act.why}</p>}
    </>
  );
}

type Speech = { say: (key: Key) => string; language: Language };

/** Gender is a code on the card; a day may be known by its year or month alone, and then stands as it was told. */
export function written(item: Account['told'][number]['item'], value: string, { say, language }: Speech): string {
  if (item === 'BIRTH_DATE') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayOfRecord(value, language) : value;
  if (item !== 'GENDER') return value;
  return value === '1' ? say('account.gender.1') : value === '2' ? say('account.gender.2') : value;
}

/** A press that is under way, and why it was not taken. */
export function useAct() {
  const { say, pick } = useSpeech();
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const run = async (act: () => Promise<Text | null>): Promise<boolean> => {
    setBusy(true);
    setWhy('');
    try {
      const refused = await act();
      setWhy(refused ? pick(refused) : '');
      return refused === null;
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setWhy(silence({ say }, cause, { offline: 'account.offline', failed: 'account.failed' }));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, why, run };
}
