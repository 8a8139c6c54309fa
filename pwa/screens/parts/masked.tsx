import { quietly } from '../../data/refresh.ts';
import { proveFirst } from '../../data/step-up.ts';
import { useSpeech } from '../device-state.tsx';

/** Something is on record and hidden until she has proved once more who she is; `again` then asks for it. */
export function Masked({ to, again }: { to: string; again: () => Promise<unknown> }) {
  const { say } = useSpeech();
  const show = async () => {
    if (await proveFirst({ cardOnly: false, to })) await again();
  };
  return (
    <div class="strip">
      <p>{say('masked.note')}</p>
      <button type="button" class="button" data-kind="quiet" onClick={() => quietly(show())}>{say('masked.show')}</button>
    </div>
  );
}
