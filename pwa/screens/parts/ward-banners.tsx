import { useEffect, useState } from 'preact/hooks';
import { bannersFor, onNow, readNow, type Banner } from '../../data/now.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Icon } from './icon.tsx';

/** Short messages of her ward, or of whoever runs the house, over every screen until they are over. */
export function WardBanners() {
  const { pick } = useSpeech();
  const ward = useDevice().snapshot.viewer?.value?.ward?.code ?? null;
  const [banners, setBanners] = useState<Banner[]>([]);
  useEffect(() => {
    const look = () => void readNow().then((now) => setBanners(bannersFor(now, ward)));
    look();
    return onNow(look);
  }, [ward]);
  return (
    <div role="status">
      {banners.map((one) => (
        <p key={one.id} class="banner" data-kind="sign-in" data-testid="ward-banner"><Icon name="warning" /><span>{pick(one.text)}</span></p>
      ))}
    </div>
  );
}
