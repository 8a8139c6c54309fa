import type { Form } from '../../data/shapes.ts';
import { useSpeech } from '../device-state.tsx';

/** Whether a signature is wanted, and that this window does not make it: nobody should look for it, or think it done. */
export function SignatureNote({ form }: { form: Form }) {
  const { say } = useSpeech();
  if (form.signature === 'REQUIRED') return <p class="alert" data-kind="note">{say('form.signRequired')}</p>;
  return form.signature === 'WARD' ? <p class="note">{say('form.signWard')}</p> : null;
}
