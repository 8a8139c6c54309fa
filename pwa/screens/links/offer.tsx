import { useState } from 'preact/hooks';
import type { LinkOffer } from '../../data/shapes.ts';
import { moment } from '../../text/dates.ts';
import { comma } from '../../text/lists.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { focused } from '../parts/focused.ts';
import { Line } from '../parts/line.tsx';

type OfferProps = { offer: LinkOffer; leave: (offer: LinkOffer) => Promise<void>; forget: (offer: LinkOffer) => Promise<void> };

/** One ID: what it would tell before she links it, what it has told since. */
export function OfferCard({ offer, leave, forget }: OfferProps) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const name = pick(offer.name);
  const gives = offer.gives.map((one) => pick(one.name)).join(comma(language));
  const send = (act: OfferProps['leave']) => {
    setBusy(true);
    setAsked(false);
    void act(offer).finally(() => setBusy(false));
  };
  const button = (kind: string, key: 'links.link' | 'links.renew' | 'links.unlink', act: () => void) => (
    <button
      type="button" class="button" data-kind={kind} disabled={busy || !reached} onClick={act}
      aria-label={say('links.about', { name, act: say(key) })}
    >
      {say(key)}
    </button>
  );
  return (
    <li class="body-card" data-testid={`link-${offer.id}`} data-state={offer.linkedAt === null ? 'STOPPED' : 'KNOWN'} aria-busy={busy}>
      <h3>{name}</h3>
      {offer.linkedAt === null
        ? <p>{say('links.gives', { what: gives })}</p>
        : <p><strong>{say('links.since', { time: moment(offer.linkedAt, language) })}</strong></p>}
      {offer.linkedAt !== null && offer.toldAt !== null && (
        <dl class="facts told-lines">
          {offer.told.map((one) => <Line key={one.name.ja} term={pick(one.name)}>{one.value}</Line>)}
          <Line term={say('links.toldAt')}>{moment(offer.toldAt, language)}</Line>
        </dl>
      )}
      {asked && (
        <div class="alert" role="alertdialog" aria-labelledby={`sure-${offer.id}`}>
          <p id={`sure-${offer.id}`}>{say('links.sure', { name })}</p>
          <button type="button" class="button" data-kind="danger-solid" onClick={() => send(forget)}>{say('links.sureButton')}</button>
          <button type="button" class="button" data-kind="outline" ref={focused} onClick={() => setAsked(false)}>{say('cancel')}</button>
        </div>
      )}
      {!asked && (
        <div class="doing">
          {offer.linkedAt === null
            ? button('outline', 'links.link', () => send(leave))
            : <>{button('outline', 'links.renew', () => send(leave))}{button('quiet', 'links.unlink', () => setAsked(true))}</>}
        </div>
      )}
      {offer.page !== null && <p class="lone-link"><a href={offer.page} rel="external noreferrer">{say('links.page', { name })}</a></p>}
    </li>
  );
}
