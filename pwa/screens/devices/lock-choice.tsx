import { useEffect, useState } from 'preact/hooks';
import { turnLockOff, turnLockOn } from '../../data/locking.ts';
import type { Devices } from '../../data/shapes.ts';
import { close, readLock, type Lock } from '../../device/lock.ts';
import { useSpeech } from '../device-state.tsx';
import type { Work } from './devices.tsx';

const CHOICES = [0, 1, 5, 15] as const;

/** The lock of this device, and honestly what it does. */
export function LockChoice({ devices, busy, work }: { devices: Devices; busy: boolean; work: Work }) {
  const { say } = useSpeech();
  const [lock, setLock] = useState<Lock | null>(null);
  const read = () => void readLock().then(setLock);
  useEffect(read, [devices]);
  const choose = (minutes: number | null) => work(async () => {
    const refused = await (minutes === null ? turnLockOff() : turnLockOn(minutes));
    read();
    return refused && { __typename: 'Refusal', message: refused };
  }, 'lock.changed');
  return (
    <section aria-labelledby="lock">
      <h2 id="lock">{say('lock.title')}</h2>
      <p>{say('lock.lead')}</p>
      {devices.passkeys.length === 0 ? <p class="note">{say('lock.needsPasskey')}</p> : (
        <div class="languages" role="group" aria-labelledby="lock">
          <button type="button" aria-pressed={lock === null} disabled={busy} onClick={() => lock && choose(null)}>{say('lock.off')}</button>
          {CHOICES.map((minutes) => (
            <button key={minutes} type="button" aria-pressed={lock?.minutes === minutes} disabled={busy} onClick={() => choose(minutes)}>
              {minutes === 0 ? say('lock.always') : say('lock.minutes', { n: minutes })}
            </button>
          ))}
        </div>
      )}
      {lock && <p class="note">{say(lock.prf ? 'lock.how.prf' : 'lock.how.server')} {say('lock.how.until')}</p>}
      {lock && <button type="button" class="button" data-kind="outline" onClick={() => void close()}>{say('lock.now')}</button>}
    </section>
  );
}
