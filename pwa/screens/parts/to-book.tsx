import { useEffect, useState } from 'preact/hooks';
import { offerPath } from '../../data/bookings.ts';
import { readWard, type Offer } from '../../data/facilities.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

/** From a procedure to what her ward lets her book for it, and where it is done at a counter, to the nearest one. */
export function ToBookIt({ procedure, atCounter }: { procedure: string; atCounter: boolean }) {
  const { say, pick } = useSpeech();
  const ward = useDevice().snapshot.viewer?.value.ward?.code ?? null;
  const [offers, show] = useState<Offer[]>([]);
  useEffect(() => {
    if (ward === null) return;
    readWard(ward).then((told) => show(told.offers.filter(({ procedures }) => procedures.includes(procedure))), () => show([]));
  }, [ward, procedure]);
  if (offers.length === 0 && !atCounter) return null;
  return (
    <ul class="links" data-testid="to-book">
      {offers.map((offer) => (
        <li key={offer.id}>
          {offer.elsewhere
            ? <a href={offer.elsewhere} rel="noreferrer">{pick(offer.title)}：{say('facilities.bookElsewhere')}</a>
            : <a href={offerPath(offer.ward, offer.id)}>{say('facilities.book', { what: pick(offer.title) })}</a>}
        </li>
      ))}
      {atCounter && <li><a href="/facilities?kind=counter">{say('bookings.counterNear')}</a></li>}
    </ul>
  );
}
