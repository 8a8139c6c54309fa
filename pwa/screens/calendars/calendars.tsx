import { useEffect, useRef, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { askCalendars, endFeed, makeFeed } from '../../data/calendars.ts';
import type { Calendars } from '../../data/shapes.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { silence } from '../parts/silence.ts';
import { Failed, OfflineNote } from '../parts/states.tsx';

type Feed = Calendars['feeds'][number];
type Made = { about: string | null; url: string };

/** A feed for the family and one for each child: made, given a new address, taken back. */
export function CalendarsScreen() {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [told, setTold] = useState<Calendars | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const [news, setNews] = useState('');
  const [trouble, setTrouble] = useState('');
  const trying = async (act: () => Promise<void>) => {
    setTrouble('');
    setNews('');
    try {
      await act();
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble(silence({ say }, cause, { offline: 'calendars.offline', failed: 'calendars.failed' }));
    }
  };
  useEffect(() => void trying(async () => setTold(await askCalendars())), [reached]);
  const make = (about: string | null, full: boolean) => trying(async () => {
    const reply = await makeFeed(about, full);
    if ('why' in reply) return setTrouble(pick(reply.why));
    setTold(reply.calendars);
    setMade({ about, url: reply.url });
  });
  const end = (feed: Feed) => trying(async () => {
    const reply = await endFeed(feed.id);
    if ('why' in reply) return setTrouble(pick(reply.why));
    setTold(reply);
    setMade(null);
    setNews(say('calendars.ended'));
  });
  if (!told && trouble === '' && reached) return <Loading />;
  const whom = [{ id: null, name: say('calendars.family') }, ...(told?.children ?? [])];
  return (
    <Page title={say('calendars.title')} back="/settings" lead={<p class="lead">{say('calendars.lead')}</p>}>
      {!reached && <OfflineNote>{say('calendars.offline')}</OfflineNote>}
      {reached && trouble !== '' && <Failed>{trouble}</Failed>}
      <div role="status">{news !== '' && <p class="alert" data-kind="note">{news}</p>}</div>
      {told && whom.map((one) => (
        <FeedPart key={one.id ?? ''} name={one.name} feed={told.feeds.find((feed) => feed.about === one.id)} url={made?.about === one.id ? made.url : null} make={(full) => make(one.id, full)} end={end} />
      ))}
    </Page>
  );
}

function FeedPart({ name, feed, url, make, end }: {
  name: string; feed: Feed | undefined; url: string | null; make(full: boolean): Promise<void>; end(feed: Feed): Promise<void>;
}) {
  const { say, language } = useSpeech();
  const { reached } = useLine();
  const [full, setFull] = useState(feed?.fullWords ?? false);
  return (
    <section class="card" aria-label={name} data-testid="feed">
      <h2>{name}</h2>
      <p class="note">
        {feed ? `${say(feed.fullWords ? 'calendars.named' : 'calendars.discreet')}・${say('calendars.since', { time: dayAndTime(feed.madeAt, language) })}・${feed.readAt === null ? say('calendars.unread') : say('calendars.read', { time: dayAndTime(feed.readAt, language) })}` : say('calendars.none')}
      </p>
      {url !== null && <Address url={url} />}
      <p class="feed-words"><label><input type="checkbox" checked={full} onChange={(event) => setFull(event.currentTarget.checked)} /> {say('calendars.full')}</label></p>
      <p class="note">{say('calendars.fullNote')}</p>
      <p>
        <button type="button" class="button" data-kind="outline" disabled={!reached} onClick={() => void make(full)}>{say(feed ? 'calendars.again' : 'calendars.make')}<span class="unseen">{say('why.of', { name })}</span></button>{' '}
        {feed && <button type="button" class="button" data-kind="quiet" disabled={!reached} onClick={() => void end(feed)}>{say('calendars.end')}<span class="unseen">{say('why.of', { name })}</span></button>}
      </p>
    </section>
  );
}

/** The address, this once: to be copied, or handed to a calendar app. */
function Address({ url }: { url: string }) {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    field.current?.select();
    await navigator.clipboard.writeText(url).then(() => setCopied(true), () => undefined);
  };
  return (
    <div class="alert" data-kind="note">
      <p role="status">{say('calendars.made')}</p>
      <p class="field"><label for="feed-address">{say('calendars.address')}</label><input id="feed-address" ref={field} readOnly value={url} data-testid="feed-address" /></p>
      <p>
        <button type="button" class="button" onClick={() => void copy()}>{say('calendars.copy')}</button>{' '}
        <a class="button" data-kind="quiet" href={url.replace(/^https?:/, 'webcal:')}>{say('calendars.open')}</a>
      </p>
      <p role="status">{copied && say('calendars.copied')}</p>
      <p><strong>{say('calendars.secret')}</strong></p>
    </div>
  );
}
