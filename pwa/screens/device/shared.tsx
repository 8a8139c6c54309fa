import { useEffect, useState } from 'preact/hooks';
import { inBytes } from '../../data/picture.ts';
import { codeIn, linkIn, unfit } from '../../data/scan.ts';
import { attach, blobOf, paperPlaces, pictureOf, schoolPlaces, toSchool } from '../../data/sharing.ts';
import { keepScanned } from '../../data/wishes.ts';
import { hear } from '../../device/changes.ts';
import { forgetRefused, forgetText, readWaiting, receive, throwAway, type NotTaken, type Shared, type SharedFile } from '../../device/shared.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { keepOwnPaper } from '../emergency/papers.tsx';
import { Preview, Way } from '../form/papers.tsx';
import { LoginLink } from '../parts/login-link.tsx';
import { Page } from '../parts/page.tsx';
import { go } from '../router.ts';

/** What was shared with the app: she says what becomes of each, or it goes. Waits until she is in. */
export function SharedScreen({ missed }: { missed: boolean }) {
  const { say } = useSpeech();
  const { snapshot } = useDevice();
  const waiting = useWaiting();
  const isHere = snapshot.viewer !== null && !snapshot.signedOut?.value;
  const isEmpty = waiting !== null && waiting.files.length === 0 && waiting.text === '';
  const choose = (file: File) => void receive([file], '').catch(reportError);
  return (
    <Page title={say('shared.title')} back="/">
      {missed && <p class="alert" role="alert">{say('shared.missed')}</p>}
      {waiting && <Refused refused={waiting.refused} />}
      {!isEmpty && <p>{say('shared.lead')}</p>}
      {isEmpty && <><p role="status" data-testid="nothing-shared">{say('shared.none')}</p><p class="note">{say('shared.howTo')}</p></>}
      {!isHere && !isEmpty && <div class="box" data-testid="shared-sign-in"><p>{say('shared.signIn')}</p><LoginLink to="/shared" /></div>}
      {waiting?.text && <Words text={waiting.text} />}
      <ul class="cards">{waiting?.files.map((file) => <One key={file.id} file={file} isHere={isHere} />)}</ul>
      {isEmpty && isHere && <Way id="shared-file" text="papers.file" name="" accept="image/*,application/pdf" onFile={choose} />}
    </Page>
  );
}

function useWaiting(): Shared | null {
  const [waiting, show] = useState<Shared | null>(null);
  useEffect(() => {
    const look = () => void readWaiting().then(show, () => undefined);
    look();
    return hear((news) => news === 'snapshot' && look());
  }, []);
  return waiting;
}

function Refused({ refused }: { refused: readonly NotTaken[] }) {
  const { say } = useSpeech();
  if (refused.length === 0) return null;
  return (
    <div class="alert" role="alert" data-testid="not-taken">
      {refused.map(({ why, name, n }, at) => <p key={at}>{say(`shared.${why}`, why === 'many' ? { n } : { name })}</p>)}
      <button type="button" class="button" data-kind="quiet" onClick={() => void forgetRefused()}>{say('evicted.ok')}</button>
    </div>
  );
}

function Words({ text }: { text: string }) {
  const { say } = useSpeech();
  const link = linkIn(text);
  return (
    <section class="box" aria-labelledby="shared-text">
      <h2 id="shared-text">{say('shared.text')}</h2>
      <p>{text}</p>
      {link
        ? <a class="button" href={link} onClick={() => void forgetText()}>{say('emergency.open')}</a>
        : <a class="button" data-kind="outline" href={`/search?q=${encodeURIComponent(text.slice(0, 80))}`} onClick={() => void forgetText()}>{say('shared.search')}</a>}
      <p><button type="button" class="button" data-kind="quiet" onClick={() => void forgetText()}>{say('shared.drop')}</button></p>
    </section>
  );
}

function One({ file, isHere }: { file: SharedFile; isHere: boolean }) {
  const { say } = useSpeech();
  const [told, tell] = useState<{ key: Key; isBad: boolean } | null>(null);
  const isPdf = file.paper.mediaType === 'application/pdf';
  const work = (act: () => Promise<Key | null>) => void act().then(
    (key) => key && tell({ key, isBad: true }),
    (cause: unknown) => { tell({ key: 'storage.failed', isBad: true }); reportError(cause); },
  );
  return (
    <li class="card shared-file" data-testid="shared-file">
      <p><Preview paper={file.paper} /> <strong>{file.name}</strong> <span class="note">{say(isPdf ? 'shared.pdf' : 'shared.photo', { size: inBytes(file.paper.size) })}</span></p>
      {told && <p class="error" role="alert">{say(told.key)}</p>}
      {isHere && <Ways file={file} isPdf={isPdf} work={work} />}
      <button type="button" class="button" data-kind="danger" onClick={() => work(async () => { await throwAway(file.id); return null; })}>{say('shared.drop')}</button>
    </li>
  );
}

type WaysProps = { file: SharedFile; isPdf: boolean; work: (act: () => Promise<Key | null>) => void };

function Ways({ file, isPdf, work }: WaysProps) {
  const { say } = useSpeech();
  const [name, write] = useState('');
  const pay = async (): Promise<Key | null> => {
    const picture = await pictureOf(file);
    const code = picture && (await codeIn(picture));
    if (code === null) return 'shared.payNone';
    const why = unfit(code);
    if (why) return `payments.scan.${why}`;
    const id = await keepScanned(code);
    await throwAway(file.id);
    go(`/payments/${id}`);
    return null;
  };
  const keep = async (): Promise<Key | null> => {
    const kept = await blobOf(file);
    if (!kept) return 'papers.notShown';
    await keepOwnPaper(name.trim() || file.name, kept);
    await throwAway(file.id);
    go('/emergency');
    return null;
  };
  return (
    <>
      <p class="note">{say('shared.number')}</p>
      <ToApplication file={file} work={work} />
      <ToSchool file={file} work={work} />
      {!isPdf && <button type="button" class="button" data-kind="outline" onClick={() => work(pay)}>{say('shared.pay')}</button>}
      <p class="field"><label for={`name-${file.id}`}>{say('shared.name')}</label><input id={`name-${file.id}`} maxLength={40} autoComplete="off" value={name} onInput={(event) => write(event.currentTarget.value)} /></p>
      <button type="button" class="button" data-kind="outline" onClick={() => work(keep)}>{say('shared.keep')}</button>
    </>
  );
}

function ToApplication({ file, work }: Omit<WaysProps, 'isPdf'>) {
  const { say, pick } = useSpeech();
  const { drafts, snapshot, outbox } = useDevice();
  const [at, choose] = useState(0);
  const places = paperPlaces(drafts, snapshot.home?.value ?? null, outbox, snapshot.applications?.value ?? []);
  const place = places[at] ?? places[0];
  if (!place) return <p class="note">{say('shared.attachNone')}</p>;
  const act = async (): Promise<Key | null> => {
    const end = await attach(file, place);
    if (end !== 'ok') return end === 'full' ? 'shared.tooMuch' : 'papers.notShown';
    go(`/apply/${encodeURIComponent(place.step)}?write`);
    return null;
  };
  return (
    <>
      <p class="field">
        <label for={`to-${file.id}`}>{say('shared.attach')}</label>
        <select id={`to-${file.id}`} value={at} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {places.map(({ step, title, paper, name }, n) => <option key={`${step} ${paper}`} value={n}>{say('shared.attachTo', { step: pick(title), paper: pick(name) })}</option>)}
        </select>
      </p>
      <button type="button" class="button" onClick={() => work(act)}>{say('shared.attach')}</button>
    </>
  );
}

function ToSchool({ file, work }: Omit<WaysProps, 'isPdf'>) {
  const { say, pick } = useSpeech();
  const { snapshot } = useDevice();
  const [at, choose] = useState(0);
  const places = schoolPlaces(snapshot.schools?.value ?? null);
  const place = places[at] ?? places[0];
  if (!place) return null;
  const act = async (): Promise<Key | null> => {
    if ((await toSchool(file, place, '')) !== 'ok') return 'papers.notShown';
    go('/school');
    return null;
  };
  return (
    <details class="more">
      <summary>{say('shared.school')}</summary>
      <p class="field">
        <label for={`school-${file.id}`}>{say('shared.school')}</label>
        <select id={`school-${file.id}`} value={at} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {places.map(({ notice, pupil, child, school, title }, n) => <option key={`${notice} ${pupil}`} value={n}>{say('shared.schoolTo', { child, school, notice: pick(title) })}</option>)}
        </select>
      </p>
      <button type="button" class="button" data-kind="outline" onClick={() => work(act)}>{say('shared.school')}</button>
    </details>
  );
}
