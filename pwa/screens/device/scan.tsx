import { linkIn, unfit } from '../../data/scan.ts';
import { keepScanned } from '../../data/wishes.ts';
import type { Key } from '../../text/speak.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Page } from '../parts/page.tsx';
import { Scanner } from '../payments/scan-slip.tsx';
import { go } from '../router.ts';

/** One place for every code of ours: a letter, a notice, a copy of a certificate, a payment slip. Others are not opened. */
export function ScanScreen() {
  const { say } = useSpeech();
  const { snapshot } = useDevice();
  const found = async (content: string): Promise<Key | null> => {
    const link = linkIn(content);
    if (link !== null) {
      location.assign(link); // with what stands after #, which the app's own links do not carry
      return null;
    }
    const why = unfit(content);
    if (why) return why === 'individual' ? 'payments.scan.individual' : 'scan.foreign';
    if (snapshot.viewer === null) return 'scan.foreign';
    go(`/payments/${await keepScanned(content)}`);
    return null;
  };
  return <Page title={say('scan.title')} back="/"><p>{say('scan.lead')}</p><Scanner found={found} /><p class="note">{say('payments.scan.stays')}</p></Page>;
}
