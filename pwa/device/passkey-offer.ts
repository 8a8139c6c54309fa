/** Who has come by a code from a desk has nothing to come by the next time: a passkey is offered once, in this tab. */

const MARK = 'passkey-offer';

export const offerPasskey = (): void => sessionStorage.setItem(MARK, 'yes');
export const isPasskeyOffered = (): boolean => 'PublicKeyCredential' in globalThis && sessionStorage.getItem(MARK) !== null;
export const endPasskeyOffer = (): void => sessionStorage.removeItem(MARK);
