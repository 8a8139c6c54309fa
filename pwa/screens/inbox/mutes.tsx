import { useEffect, useState } from 'preact/hooks';
import { quietly, refreshMailWishes } from '../../data/refresh.ts';
import type { MailWishes, Notice } from '../../data/shapes.ts';
import { chooseMailWishes } from '../../data/wishes.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { topicWord } from './filters.tsx';

/** Whether the phone may ring for this sender and for this topic. */
export function Mutes({ notice }: { notice: Notice }) {
  const { say, pick } = useSpeech();
  const { mailWishes } = useDevice().snapshot;
  const [changed, setChanged] = useState(false);
  useEffect(() => quietly(refreshMailWishes()), []);
  if (!mailWishes) return null;
  const choices: [string, string][] = [
    [`sender:${notice.senderKey}`, say('tell.muteSender', { sender: pick(notice.sender) })],
    [`topic:${notice.topic}`, say('tell.muteTopic', { topic: say(topicWord(notice.topic)) })],
  ];
  const set = (what: string, on: boolean) => {
    setChanged(on);
    void chooseMailWishes(withMute(mailWishes.value, what, on)).catch(reportError);
  };
  return (
    <details class="more">
      <summary>{say('tell.mute')}</summary>
      {choices.map(([what, words]) => (
        <label key={what} class="tick">
          <input type="checkbox" checked={mailWishes.value.mutes.includes(what)} onChange={({ currentTarget: { checked } }) => set(what, checked)} />{words}
        </label>
      ))}
      <p class="note" role="status">{changed && say('tell.isMuted')}</p>
      <p class="note">{say('tell.exceptEmergency')}</p>
    </details>
  );
}

export const withMute = (wishes: MailWishes, what: string, on: boolean): MailWishes =>
  ({ ...wishes, mutes: [...wishes.mutes.filter((one) => one !== what), ...(on ? [what] : [])] });
