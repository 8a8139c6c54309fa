import type { Form } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';

/** Whether a signature is wanted, and whether this window makes it: nobody should look for it, or think it done. */
export function SignatureNote({ form }: { form: Form }) {
  const { say } = useSpeech();
  if (form.signing === 'NOWHERE') return <p class="alert" data-kind="note" data-testid="signed-nowhere">{say('sign.nowhere')}</p>;
  const isHere = (form.signing ?? 'NONE') !== 'NONE';
  if (form.signature === 'REQUIRED') return <p class="alert" data-kind="note">{say(isHere ? 'sign.required' : 'form.signRequired')}</p>;
  return form.signature === 'WARD' ? <p class="note">{say(isHere ? 'sign.ward' : 'form.signWard')}</p> : null;
}
