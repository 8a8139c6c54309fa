import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSpeech } from '../device-state.tsx';
import { Page } from './page.tsx';

type Reading<T> = { value: T | null; failed: boolean; again: () => void };

/** A part of the public catalogue; it lies on this device once the app has started here. */
export function useOpen<T>(read: () => Promise<T>): Reading<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const look = () => {
    setFailed(false);
    read().then((told) => setValue(() => told), () => setFailed(true));
  };
  useEffect(look, []);
  return { value, failed, again: look };
}

/** While it is read, and when it cannot be. */
export function OpenOr<T>({ reading, children }: { reading: Reading<T>; children: (value: T) => ComponentChildren }) {
  const { say } = useSpeech();
  if (reading.value !== null) return <>{children(reading.value)}</>;
  if (!reading.failed) return <Page title={say('loading')}><p role="status">{say('loading')}</p></Page>;
  return (
    <Page title={say('open.failed')} back="/">
      <p role="alert">{say('open.failedHelp')}</p>
      <button type="button" class="button" onClick={reading.again}>{say('open.again')}</button>
    </Page>
  );
}
