import { askedOf } from '../../data/mail/letter.ts';
import type { Notice } from '../../data/shapes.ts';
import { sortNotices } from '../../data/wishes.ts';
import { dayAndTime } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';

/** She knows, or has done it: for what asks for nothing more than that. The sender hears of it. */
export function Confirm({ notice }: { notice: Notice }) {
  const { say, language } = useSpeech();
  const asked = askedOf(notice);
  const isHere = asked === null ? notice.kind === 'ACTION' || notice.kind === 'EMERGENCY' : asked.kind === 'confirm';
  const isSchools = asked !== null && notice.senderKey.startsWith('school:'); // answered child by child, with the rest
  if (!isHere || isSchools || notice.recalledAt !== null) return null;
  if (notice.confirmedAt !== null) {
    return <p class="note" role="status">{say('mail.confirmed', { time: dayAndTime(notice.confirmedAt, language) })}</p>;
  }
  const press = () => void sortNotices('CONFIRM', [notice.id]).catch(reportError);
  return (
    <button type="button" class="button not-printed" data-testid="confirm" onClick={press}>
      {say(notice.kind === 'ACTION' && asked === null ? 'mail.confirm' : 'mail.confirmKnow')}
    </button>
  );
}
