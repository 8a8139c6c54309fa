import { useEffect, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { refreshLinks, unlink, wayTo } from '../../data/links.ts';
import { quietly } from '../../data/refresh.ts';
import type { LinkOffer } from '../../data/shapes.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Loading, Page } from '../parts/page.tsx';
import { silence, unread } from '../parts/silence.ts';
import { go } from '../router.ts';
import { OfferCard } from './offer.tsx';
import { Empty, Failed, OfflineNote } from '../parts/states.tsx';

const TROUBLES: Record<string, Key> = {
  cancelled: 'links.cancelled', linked_elsewhere: 'links.elsewhere', linked_another: 'links.another',
  unavailable: 'links.unavailable', expired: 'links.expired', unknown: 'links.expired', signed_out: 'links.signedOut',
  other_browser: 'links.otherBrowser',
};

/** Every ID she may link: her own ward's in sight, other wards' behind a door, then the rest. */
export function LinksScreen({ query }: { query: URLSearchParams }) {
  const { links, viewer } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const [came] = useState({ trouble: query.get('login'), linked: query.get('linked') });
  const [news, setNews] = useState('');
  const [trouble, setTrouble] = useState(came.trouble === null ? '' : say(TROUBLES[came.trouble] ?? 'links.failed'));
  const [failed, setFailed] = useState('');
  const load = () => {
    setFailed('');
    quietly(refreshLinks().catch((cause: unknown) => {
      setFailed(unread({ say }, cause, 'links.failed'));
      throw cause;
    }));
  };
  useEffect(load, []);
  useEffect(() => go('/links', 'replace'), []);
  const offers = links?.value ?? [];
  const linked = came.trouble === null ? offers.find((one) => one.id === came.linked && one.linkedAt !== null) : undefined;
  const trying = async (act: () => Promise<void>) => {
    setTrouble('');
    setNews('');
    try {
      await act();
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble(silence({ say }, cause, { offline: 'links.offline', failed: cause.silence === 'busy' ? 'links.unavailable' : 'links.failed' }));
    }
  };
  const leave = (offer: LinkOffer) => trying(async () => location.assign(await wayTo(offer.id)));
  const forget = (offer: LinkOffer) => trying(async () => {
    const why = await unlink(offer.id);
    if (why) setTrouble(pick(why));
    else setNews(say('links.unlinked', { name: pick(offer.name) }));
  });
  if (!links && !failed && reached) return <Loading />;
  const cards = (some: readonly LinkOffer[]) => (
    <ul class="cards">{some.map((one) => <OfferCard key={one.id} offer={one} leave={leave} forget={forget} />)}</ul>
  );
  const isNear = (one: LinkOffer) => one.linkedAt !== null || one.ward?.code === viewer?.value.ward?.code;
  const wards = offers.filter((one) => one.kind === 'WARD');
  const far = wards.filter((one) => !isNear(one));
  const others = offers.filter((one) => one.kind !== 'WARD');
  return (
    <Page title={say('links.title')} back="/settings" lead={<><p class="lead">{say('links.lead')}</p><Age kept={links} /></>}>
      {!reached && <OfflineNote>{say(links ? 'links.offline' : 'links.offlineNone')}</OfflineNote>}
      {failed !== '' && (
        <Failed again={{ words: say('links.retry'), act: load }}>{failed}</Failed>
      )}
      {trouble !== '' && <Failed>{trouble}</Failed>}
      <div role="status" data-testid="links-news">
        {(news !== '' || (linked && trouble === '')) && <p class="alert" data-kind="note">{news || say('links.linked', { name: linked ? pick(linked.name) : '' })}</p>}
      </div>
      {links && offers.length === 0 && <Empty>{say('links.none')}</Empty>}
      {wards.length > 0 && (
        <section aria-labelledby="links-wards">
          <h2 id="links-wards">{say('links.wards')}</h2>
          {cards(wards.filter(isNear))}
          {far.length > 0 && <details class="more"><summary>{say('links.farWards', { n: far.length })}</summary>{cards(far)}</details>}
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="links-others"><h2 id="links-others">{say('links.others')}</h2>{cards(others)}</section>
      )}
      {links && <p class="note">{say('links.promise')}</p>}
    </Page>
  );
}
