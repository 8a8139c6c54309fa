import type { ComponentChildren } from 'preact';
import { useSpeech } from '../device-state.tsx';
import { Icon } from './icon.tsx';
import { Picture } from './picture.tsx';

/**
 * What stands where content would be, one part a state, the same on every screen; the page of parts (/components) shows
 * them all. How old a copy is: `Age`. Which source is silent: `GapMark` and `Sources`.
 */
type Said = { children: ComponentChildren; testid?: string };
type Again = { again?: { words: string; act: () => void } };

/** There is none, and that is in order; `act`: where one comes from. */
export const Empty = ({ children, act, testid }: Said & { act?: ComponentChildren }) => (
  <div class="empty" data-testid={testid}><Picture name="empty" /><p>{children}</p>{act}</div>
);

/** No network: what still holds, and what waits for it. */
export const OfflineNote = ({ children, testid }: Said) => (
  <div class="alert" data-kind="offline" role="status" data-testid={testid} tabIndex={-1}><Icon name="offline" /><p>{children}</p></div>
);

/** It could not be done or had, through no fault of hers; nothing of hers is lost. */
export const Failed = ({ children, again, testid }: Said & Again) => (
  <div class="alert" role="alert" data-testid={testid}>
    <Icon name="warning" />
    <p>{children}</p>
    {again && <button type="button" class="button" data-kind="outline" onClick={again.act}>{again.words}</button>}
  </div>
);

/** Somebody said no; the first line says to what, the second why and what else she can do. */
export const Denied = ({ title, children, testid }: Said & { title: string }) => (
  <div class="alert" data-kind="denied" role="alert" data-testid={testid}><Icon name="denied" /><p><strong>{title}</strong></p><p>{children}</p></div>
);

/** It is done. */
export const Done = ({ children, testid }: Said) => (
  <div class="receipt" role="status" data-testid={testid}><Picture name="done" /><p>{children}</p></div>
);

/** Something small is on its way. */
export const Waiting = ({ children }: { children: ComponentChildren }) => <p class="waiting" role="status">{children}</p>;

/** Grey cards as high as those that come, so that nothing jumps when they are there. */
export const Skeleton = ({ cards = 3 }: { cards?: number }) => (
  <div class="skeleton" aria-hidden="true">
    {Array.from({ length: cards }, (_, index) => <div key={index}><span /><span /><span /></div>)}
  </div>
);

/** A whole screen on its way, below its heading. */
export function Coming() {
  const { say } = useSpeech();
  return (
    <div aria-busy="true">
      <p class="unseen" role="status">{say('loading')}</p>
      <Skeleton />
    </div>
  );
}
