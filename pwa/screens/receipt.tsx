import { useEffect, useState } from 'preact/hooks';
import { blobOf, fetchReceipt, readReceipt } from '../data/receipts.ts';
import { quietly } from '../data/refresh.ts';
import type { Application } from '../data/shapes.ts';
import type { KeptReceipt } from '../device/database.ts';
import { dayAndTime } from '../text/dates.ts';
import { useSpeech } from './device-state.tsx';
import { PassOnFile } from './parts/pass-on.tsx';

/** Her receipt: on this device also without a network, and what it is good for. */
export function ReceiptPart({ application }: { application: Application }) {
  const { say, pick, language } = useSpeech();
  const receipt = useReceipt(application);
  const address = useAddress(receipt);
  return (
    <section aria-labelledby="receipt-title">
      <h2 id="receipt-title">{say('receipt.title')}</h2>
      {application.signature && (
        <p data-testid="signed">{say('receipt.signed', { time: dayAndTime(application.signature.checkedAt, language) })}</p>
      )}
      {!receipt || !address ? <p role="status">{say('receipt.waits')}</p> : (
        <>
          <p class="note" data-testid="receipt-state">
            {receipt.stampedAt ? say('receipt.stamped', { time: dayAndTime(receipt.stampedAt, language) }) : say('receipt.follows')}
          </p>
          <a class="button" data-kind="outline" href={address} download={`kurashimado-${application.receiptNumber}.zip`}>
            {say('receipt.save')}
          </a>
          <PassOnFile title={pick(application.title)} file={new File([blobOf(receipt)], `kurashimado-${application.receiptNumber}.zip`, { type: 'application/zip' })} />
        </>
      )}
      <p class="note">{say('receipt.help')} <a href="/verify">{say('verify.link')}</a></p>
    </section>
  );
}

/** What lies on the device, and the server's when that is newer. */
function useReceipt({ id, receipt: told }: Application): KeptReceipt | null {
  const [kept, show] = useState<KeptReceipt | null>(null);
  useEffect(() => {
    let here = true;
    const look = async () => {
      const mine = await readReceipt(id);
      if (here && mine) show(mine);
      if (mine && mine.stampedAt === (told?.stampedAt ?? mine.stampedAt) && mine.stampedAt) return;
      const newer = await fetchReceipt(id);
      if (here && newer) show(newer);
    };
    quietly(look());
    return () => {
      here = false;
    };
  }, [id, told?.sealedAt, told?.stampedAt]);
  return kept;
}

function useAddress(receipt: KeptReceipt | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!receipt) return;
    const made = URL.createObjectURL(blobOf(receipt));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [receipt]);
  return address;
}
