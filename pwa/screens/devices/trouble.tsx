import { PasskeyFailed } from '../../data/passkeys.ts';
import type { Text } from '../../data/shapes.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';

/** What went wrong, in words: the server's own, or this device's. */
export type Trouble = { text: Text | null; key: Key } | null;

const KEYS: Record<string, Key> = {
  cancelled: 'passkey.trouble.cancelled', offline: 'passkey.trouble.offline', bound_already: 'passkey.trouble.bound_already',
};

export function troubleWith(cause: unknown): Trouble {
  if (!(cause instanceof PasskeyFailed)) return { text: null, key: 'passkey.trouble.offline' };
  return { text: cause.trouble.message, key: KEYS[cause.trouble.code] ?? 'passkey.trouble.refused' };
}

export function TroubleNote({ trouble }: { trouble: Trouble }) {
  const { say, pick } = useSpeech();
  return <div role="alert">{trouble && <p class="alert">{trouble.text ? pick(trouble.text) : say(trouble.key)}</p>}</div>;
}
