import { heard } from './line.ts';
import type { Text } from './shapes.ts';
import { send } from './token.ts';

/** Passkeys (WebAuthn): bound, and proved by one touch. The server asks, the device answers, the server judges. */

/** cancelled: she closed it or the time was over. offline: the server was not heard. */
export type PasskeyTrouble = { code: string; message: Text | null; cardOnly?: boolean };
export type Proved = { lockPart: string | null; prf: ArrayBuffer | null };
type Act = 'login' | 'prove' | 'bind';
type Prf = { prf?: { enabled?: boolean; results?: { first?: ArrayBuffer } } };

export class PasskeyFailed extends Error {
  readonly trouble: PasskeyTrouble;
  constructor(trouble: PasskeyTrouble) {
    super(trouble.code);
    this.trouble = trouble;
  }
}

export const canUsePasskeys = (): boolean => 'PublicKeyCredential' in globalThis;

const HERE = 'passkey-here';
/** Says of this browser, and of nobody, that a passkey was used in it. */
export const usedHere = (): boolean => localStorage.getItem(HERE) !== null;

/** A new session. Rejects with PasskeyFailed. */
export async function loginWithPasskey(): Promise<void> {
  await prove('login');
}

/** That it is still she; the session goes on more surely. `salt`: also a key that only this passkey gives (PRF). */
export const proveByPasskey = (salt: Uint8Array<ArrayBuffer> | null = null): Promise<Proved> => prove('prove', salt);

/** A new passkey on this device, or wherever she keeps them. */
export async function addPasskey(name: string): Promise<void> {
  const asked = await tell('begin', { act: 'bind' });
  const publicKey = {
    ...asked,
    challenge: octets(asked.challenge),
    user: { ...asked.user, id: octets(asked.user.id) },
    excludeCredentials: descriptors(asked.excludeCredentials),
    extensions: { prf: {} },
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = await onDevice(() => navigator.credentials.create({ publicKey }));
  await tell('finish', { act: 'bind', credential: told(made), name });
  localStorage.setItem(HERE, 'yes');
}

/** The key that only one of her passkeys gives for `salt`, without the server: what it opens proves itself. */
export async function keyWithoutNetwork(credential: string, salt: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer | null> {
  const publicKey = {
    challenge: crypto.getRandomValues(new Uint8Array(32)), userVerification: 'required',
    allowCredentials: descriptors([{ id: credential, type: 'public-key' }]),
    extensions: { prf: { eval: { first: salt } } },
  } as unknown as PublicKeyCredentialRequestOptions;
  return prfOf(await onDevice(() => navigator.credentials.get({ publicKey })));
}

/** The passkey she touched last, as the lock remembers it. */
export let lastUsed: string | null = null;

async function prove(act: Act, salt: Uint8Array<ArrayBuffer> | null = null): Promise<Proved> {
  const asked = await tell('begin', { act });
  const publicKey = {
    ...asked,
    challenge: octets(asked.challenge),
    allowCredentials: descriptors(asked.allowCredentials),
    ...(salt && { extensions: { prf: { eval: { first: salt } } } }),
  } as unknown as PublicKeyCredentialRequestOptions;
  const shown = await onDevice(() => navigator.credentials.get({ publicKey }));
  const { lockPart } = await tell('finish', { act, credential: told(shown) });
  lastUsed = shown.id;
  localStorage.setItem(HERE, 'yes');
  return { lockPart: lockPart ?? null, prf: prfOf(shown) };
}

async function onDevice(work: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  const made = await work().catch((cause: unknown) => {
    const code = cause instanceof DOMException && cause.name === 'InvalidStateError' ? 'bound_already' : 'cancelled';
    throw new PasskeyFailed({ code, message: null });
  });
  if (!(made instanceof PublicKeyCredential)) throw new PasskeyFailed({ code: 'cancelled', message: null });
  return made;
}

/** The server's JSON; its shape is WebAuthn's own. Rejects with PasskeyFailed. */
async function tell(step: 'begin' | 'finish', body: object): Promise<Asked> {
  const response = await send(`/login/passkey/${step}`, {
    method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' }, cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  }).catch(() => null);
  heard(response !== null);
  const answer = response && ((await response.json().catch(() => null)) as (Asked & PasskeyTrouble) | null);
  if (!response || !answer) throw new PasskeyFailed({ code: 'offline', message: null });
  if (!response.ok) throw new PasskeyFailed(answer);
  return answer;
}

type Named = { id: string; type: string; transports?: string[] };
type Asked = {
  challenge: string; user: { id: string }; excludeCredentials?: Named[]; allowCredentials?: Named[];
  lockPart?: string | null;
};

const descriptors = (named: readonly Named[] = []) => named.map((one) => ({ ...one, id: octets(one.id) }));

/** As PublicKeyCredential.toJSON gives it, also where a browser has not learnt that yet. */
function told(credential: PublicKeyCredential): object {
  const { response, id } = credential;
  const common = { id, rawId: id, type: credential.type, clientExtensionResults: {} };
  const clientDataJSON = text(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse) {
    const transports = response.getTransports?.() ?? [];
    return { ...common, response: { clientDataJSON, attestationObject: text(response.attestationObject), transports } };
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  const handle = userHandle && text(userHandle);
  const shown = { authenticatorData: text(authenticatorData), signature: text(signature), userHandle: handle };
  return { ...common, response: { clientDataJSON, ...shown } };
}

const prfOf = (credential: PublicKeyCredential): ArrayBuffer | null =>
  (credential.getClientExtensionResults() as Prf).prf?.results?.first ?? null;

export const text = (raw: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(raw))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

export const octets = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
