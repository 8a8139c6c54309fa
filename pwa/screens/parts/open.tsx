import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSpeech } from '../device-state.tsx';
import { Loading, Page } from './page.tsx';
import { Failed } from './states.tsx';

type Reading<T> = { value: T | null; failed: boolean; again: () => void };

/** A part of the public catalogue; it lies on this device once the app has started here. */
export function useOpen<T>(read: () => Promise<T>): Reading<T> {
  const [value, setValue] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const look = () => {
    setFailed(false);
    read().then((told) => setValue(() => told), () => setFailed(true));
  };
  useEffect(() => {
    look();
    let end = () => {};
    void import('../../data/now.ts').then(({ onNow }) => { end = onNow(look); }, () => undefined);
    return () => end();
  }, []);
  return { value, failed, again: look };
}

/** While it is read, and when it cannot be. */
export function OpenOr<T>({ reading, children }: { reading: Reading<T>; children: (value: T) => ComponentChildren }) {
  const { say } = useSpeech();
  if (reading.value !== null) return <>{children(reading.value)}</>;
  if (!reading.failed) return <Loading />;
  return (
    <Page title={say('open.failed')} back="/">
      <Failed again={{ words: say('open.again'), act: reading.again }}>{say('open.failedHelp')}</Failed>
    </Page>
  );
}
