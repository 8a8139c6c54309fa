/** The one form of a page that asks for a passkey: the authenticator's answer goes out with it. */

type Ask = (options: string) => Promise<Credential | null>;

const asks: Record<string, Ask> = {
  check: (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(options)) }),
  enrol: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) }),
};

export function passkeyForm(form: HTMLFormElement): void {
  const said = document.getElementById('said');
  const ask = asks[form.dataset.passkey ?? ''];
  const answer = form.elements.namedItem('answer');
  if (!ask || !(answer instanceof HTMLInputElement)) return;
  form.addEventListener('submit', (event) => {
    if (answer.value) return;
    event.preventDefault();
    const button = form.querySelector('button');
    button?.setAttribute('aria-disabled', 'true');
    tell(said, '');
    answered(ask, form.dataset.options ?? '{}')
      .then((told) => {
        answer.value = told;
        form.submit();
      })
      .catch((error: unknown) => {
        button?.removeAttribute('aria-disabled');
        tell(said, (error instanceof TypeError ? form.dataset.none : form.dataset.cancelled) ?? '');
      });
  });
}

async function answered(ask: Ask, options: string): Promise<string> {
  const credential = await ask(options);
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no answer');
  return JSON.stringify(credential.toJSON());
}

function tell(said: HTMLElement | null, text: string): void {
  if (!said) return;
  said.textContent = text;
  said.hidden = !text;
}
