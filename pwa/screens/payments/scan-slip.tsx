import { useEffect, useRef, useState } from 'preact/hooks';
import { decoded } from '../../data/picture.ts';
import { codeIn, hasCamera, unfit, watch } from '../../data/scan.ts';
import { keepScanned } from '../../data/wishes.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { go } from '../router.ts';

/** The code of a paper slip, by the camera or from a picture. Pictures stay here; the code goes out, at once or later. */
export function ScanSlip() {
  const { say } = useSpeech();
  const found = async (content: string): Promise<Key | null> => {
    const why = unfit(content);
    if (why) return `payments.scan.${why}`;
    go(`/payments/${await keepScanned(content)}`);
    return null;
  };
  return (
    <section aria-labelledby="scan">
      <h2 id="scan">{say('payments.scan.title')}</h2>
      <p>{say('payments.scan.help')}</p>
      <Scanner found={found} />
      <p class="note">{say('payments.scan.stays')}</p>
    </section>
  );
}

/** Camera or picture; `found` is given what a code says, and hands back why it is of no use. */
export function Scanner({ found }: { found: (content: string) => Promise<Key | null> }) {
  const { say } = useSpeech();
  const [scans, setScans] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Key | null>(null);
  const take = async (content: string | null) => {
    setScans(false);
    setBusy(false);
    setTrouble(content === null ? 'payments.scan.nothing' : await found(content));
  };
  const choose = async (file: File) => {
    setTrouble(null);
    setBusy(true);
    const picture = await decoded(file);
    await take(picture && (await codeIn(picture)));
  };
  const failed = (cause: unknown) => {
    setScans(false);
    setBusy(false);
    setTrouble('storage.failed');
    reportError(cause);
  };
  return (
    <>
      <div role="alert">{trouble && <p class="alert" data-testid="scan-trouble">{say(trouble)}</p>}</div>
      <p role="status">{busy && say('payments.scan.reading')}</p>
      {scans
        ? <Finder found={(content) => void take(content).catch(failed)} left={(why) => { setScans(false); setTrouble(why); }} />
        : (
          <div class="paper-ways">
            {hasCamera() && <button type="button" class="button" data-testid="scan-camera" disabled={busy} onClick={() => { setTrouble(null); setScans(true); }}>{say('payments.scan.camera')}</button>}
            <Picture disabled={busy} onFile={(file) => void choose(file).catch(failed)} />
          </div>
        )}
    </>
  );
}

function Picture({ disabled, onFile }: { disabled: boolean; onFile: (file: File) => void }) {
  const { say } = useSpeech();
  return (
    <span>
      <input
        id="scan-picture" class="attach-input" type="file" accept="image/*" disabled={disabled}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <label for="scan-picture" class="button" data-kind="outline">{say('payments.scan.picture')}</label>
    </span>
  );
}

/** What the camera sees; it is on no longer than this stands on the screen. `left`: she closed it, or there is none. */
function Finder({ found, left }: { found: (content: string) => void; left: (why: Key | null) => void }) {
  const { say } = useSpeech();
  const view = useRef<HTMLVideoElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const ends = new AbortController();
    const hidden = () => { if (document.visibilityState === 'hidden') left(null); };
    document.addEventListener('visibilitychange', hidden);
    close.current?.focus();
    if (view.current) {
      watch(view.current, ends.signal).then(
        (content) => { if (content !== null && !ends.signal.aborted) found(content); },
        () => { if (!ends.signal.aborted) left('payments.scan.noCamera'); },
      );
    }
    return () => {
      ends.abort();
      document.removeEventListener('visibilitychange', hidden);
    };
  }, []);
  return (
    <div class="finder">
      <video ref={view} muted playsInline aria-label={say('payments.scan.view')} />
      <p role="status">{say('payments.scan.aim')}</p>
      <button ref={close} type="button" class="button" data-kind="quiet" onClick={() => left(null)}>{say('payments.scan.close')}</button>
    </div>
  );
}
