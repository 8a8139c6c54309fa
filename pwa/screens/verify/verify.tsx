import { useEffect, useRef, useState } from 'preact/hooks';
import { checkReceipt, type Checked, type Genuine } from '../../data/verify.ts';
import { takeOpened } from '../../device/launches.ts';
import { dayAndTime } from '../../text/dates.ts';
import { comma } from '../../text/lists.ts';
import { useSpeech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';
import { Page } from '../parts/page.tsx';

/** For anyone who holds a receipt: is it genuine, and what does it say. */
export function VerifyScreen() {
  const { say, pick } = useSpeech();
  const [busy, setBusy] = useState(false);
  const [found, show] = useState<Checked | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const opened = useRef(takeOpened());
  const check = async () => {
    const file = field.current?.files?.[0] ?? opened.current;
    if (!file) return;
    setBusy(true);
    show(null);
    show(await checkReceipt(file));
    setBusy(false);
  };
  useEffect(() => void check(), []);
  return (
    <Page title={say('verify.title')} back="/search">
      <p>{say('verify.lead')}</p>
      <p class="note">{say('verify.nothingKept')}</p>
      <p class="field">
        <label for="receipt-file">{say('verify.file')}</label>
        <input id="receipt-file" type="file" accept=".zip,application/zip" ref={field} onChange={() => void check()} disabled={busy} />
      </p>
      <div role="status" aria-live="polite">
        {busy && <p>{say('verify.busy')}</p>}
        {found?.kind === 'silent' && (
          <div class="alert">
            <p>{say('verify.silent')}</p>
            <button type="button" class="button" data-kind="outline" onClick={() => void check()}>{say('family.again')}</button>
          </div>
        )}
        {found?.kind === 'refused' && (
          <div class="alert" data-testid="not-genuine"><p><strong>{say('verify.not')}</strong></p><p>{pick(found.message)}</p></div>
        )}
        {found?.kind === 'genuine' && <Told receipt={found} />}
      </div>
      <h2>{say('verify.without')}</h2>
      <p>{say('verify.withoutHelp')}</p>
    </Page>
  );
}

function Told({ receipt }: { receipt: Genuine }) {
  const { say, pick, language } = useSpeech();
  const at = (moment: string) => dayAndTime(moment, language);
  return (
    <>
      <div class="receipt" data-testid="genuine">
        <p class="now">{say('verify.genuine')}</p>
        <p class="note">{say('application.receipt')}</p>
        <p class="number">{receipt.receiptNumber}</p>
      </div>
      <dl class="facts">
        <Line term={say('verify.what')}>{pick(receipt.procedure)}</Line>
        <Line term={say('application.sentTo')}>{pick(receipt.ward)}</Line>
        <Line term={say('application.completedAt')}>{at(receipt.completedAt)}</Line>
        <Line term={say('application.acceptedAt')}>{at(receipt.acceptedAt)}</Line>
        <Line term={say('verify.stampedAt')}>{receipt.stampedAt ? at(receipt.stampedAt) : say('verify.noStamp')}</Line>
        <Line term={say('verify.sealedBy')}>{receipt.sealedBy}</Line>
        <Line term={say('verify.signature')}>
          {receipt.signature ? say('verify.signed', { time: at(receipt.signature.checkedAt), how: receipt.signature.algorithm }) : say('verify.unsigned')}
        </Line>
      </dl>
      <details>
        <summary>{say('verify.answers')}</summary>
        <dl class="facts">
          {receipt.answers.map(({ label, values }, index) => (
            <Line key={index} term={pick(label)}>{values.map(pick).join(comma(language))}</Line>
          ))}
        </dl>
      </details>
    </>
  );
}
