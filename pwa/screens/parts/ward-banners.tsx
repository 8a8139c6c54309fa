import { useEffect, useState } from 'preact/hooks';
import type { Banner } from '../../data/now.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Icon } from './icon.tsx';

/** Short messages of her ward, or of whoever runs the house, over every screen until they are over. What they are read with is
 * fetched beside the first screen. */
export function WardBanners() {
  const { pick } = useSpeech();
  const ward = useDevice().snapshot.viewer?.value?.ward?.code ?? null;
  const [banners, setBanners] = useState<Banner[]>([]);
  useEffect(() => {
    let end = () => {};
    void import('../../data/now.ts').then(({ bannersFor, onNow, readNow }) => {
      const look = () => void readNow().then((now) => setBanners(bannersFor(now, ward)));
      look();
      end = onNow(look);
    }, () => undefined);
    return () => end();
  }, [ward]);
  return (
    <div role="status">
      {banners.map((one) => (
        <p key={one.id} class="banner" data-kind="sign-in" data-testid="ward-banner"><Icon name="warning" /><span>{pick(one.text)}</span></p>
      ))}
    </div>
  );
}
