import { useSpeech } from '../device-state.tsx';

/** What was just put away or changed, and the way back. It stays until she closes it or does the next thing: nobody is hurried. */
export function UndoBar({ words, undo, close }: { words: string; undo?: (() => void) | undefined; close?: () => void }) {
  const { say } = useSpeech();
  return (
    <div class="toast" data-testid="toast">
      <p>{words}</p>
      {undo && <button type="button" onClick={undo}>{say('undo')}</button>}
      {close && <button type="button" onClick={close}>{say('inbox.close')}</button>}
    </div>
  );
}
