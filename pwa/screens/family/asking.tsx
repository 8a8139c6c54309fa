import { useCallback, useEffect, useState } from 'preact/hooks';
import { isSilence, type Asked } from '../../data/family.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { LoginLink } from '../parts/login-link.tsx';
import { waitInWords } from '../parts/silence.ts';
import { OfflineNote } from '../parts/states.tsx';

/**
 * Asks when the screen opens and when the line is back; `again` asks once more. What stands on the screen stays while
 * nobody answers, so that nothing half written is lost; a refusal takes it away.
 */
export function useAsked<T>(ask: () => Promise<Asked<T>>, key: string): Asked<T> & { again: () => void } {
  const { reached } = useLine();
  const [asked, show] = useState<Asked<T>>({ value: null, trouble: null });
  const again = useCallback(() => void ask().then((told) => show((before) => (isSilence(told.trouble) ? { ...before, trouble: told.trouble } : told))), [key]);
  useEffect(again, [again]);
  useEffect(() => {
    if (reached && asked.trouble === 'offline') again();
  }, [reached]);
  return { ...asked, again };
}

/** Why something could not be had, and what to do about it. */
export function Trouble({ trouble, again, to }: { trouble: Asked<unknown>['trouble']; again?: () => void; to: string }) {
  const { say, pick } = useSpeech();
  if (trouble === null) return null;
  if (trouble === 'offline') {
    return <OfflineNote testid="family-offline">{say('family.offline')}</OfflineNote>;
  }
  if (trouble === 'step up') {
    return <div class="alert" role="alert"><p>{say('family.stepUp')}</p><LoginLink to={to} /></div>;
  }
  return (
    <div class="alert" role="alert" data-testid="family-refused">
      <p>{trouble === 'failed' ? say('family.failed') : 'wait' in trouble ? waitInWords(say, trouble.wait) : pick(trouble)}</p>
      {again && isSilence(trouble) && (
        <button type="button" class="button" data-kind="outline" onClick={again}>{say('family.again')}</button>
      )}
    </div>
  );
}
