import { NoAnswer } from '../../data/ask.ts';
import { PasskeyFailed } from '../../data/passkeys.ts';
import type { Text } from '../../data/shapes.ts';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';
import { waitInWords } from '../parts/silence.ts';

/** What went wrong, in words: the server's own, or this device's. */
export type Trouble = { text: Text | null; key: Key; wait?: number | null } | null;

const KEYS: Record<string, Key> = {
  cancelled: 'passkey.trouble.cancelled', offline: 'passkey.trouble.offline', bound_already: 'passkey.trouble.bound_already',
};

export function troubleWith(cause: unknown): Trouble {
  if (cause instanceof NoAnswer) return { text: null, key: 'passkey.trouble.offline', wait: cause.retryAfter };
  if (!(cause instanceof PasskeyFailed)) return { text: null, key: 'passkey.trouble.offline' };
  return { text: cause.trouble.message, key: KEYS[cause.trouble.code] ?? 'passkey.trouble.refused' };
}

export function TroubleNote({ trouble }: { trouble: Trouble }) {
  const { say, pick } = useSpeech();
  const words = trouble && (trouble.text ? pick(trouble.text) : trouble.wait ? waitInWords(say, trouble.wait) : say(trouble.key));
  return <div role="alert">{words && <p class="alert">{words}</p>}</div>;
}
