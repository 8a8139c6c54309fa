import { useMemo, useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import type { Filter } from '../../data/mail/finding.ts';
import { findOlder } from '../../data/mail/older.ts';
import { asOfNow, sorted, type SortAct } from '../../data/mail/sorting.ts';
import type { Notice } from '../../data/shapes.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { silence } from '../parts/silence.ts';
import { useChildren } from './use-inbox.ts';
import { Failed } from '../parts/states.tsx';

/** What the house found for one choice; it stays while the app is open, so that the way back from a notice leads to it. */
type Found = { path: string; end: string; notices: readonly Notice[]; after: string | null };
let last: Found | null = null;
const NONE: readonly Notice[] = [];

export type OlderNotices = {
  notices: readonly Notice[];
  /** `whole`: the phone holds all there are. `over`: the house has no more either. */
  state: 'whole' | 'more' | 'busy' | 'over';
  trouble: string;
  more: () => void;
  /** What she has done with some of them; the house hears it through the outbox. */
  did: (act: SortAct, ids: readonly string[]) => void;
};

/** Older notices than those that lie here, asked for when she wishes. `path`: the choice as an address. */
export function useOlder(filter: Filter, path: string): OlderNotices {
  const { snapshot: { inbox, inboxEnd }, outbox } = useDevice();
  const end = inboxEnd?.value ?? null;
  useMemo(() => { // what she did on a notice's own page; the list, told anew, forgets an older one
    if (last) last = { ...last, notices: asOfNow(last.notices, inbox?.value ?? NONE, outbox) };
  }, [inbox?.value, outbox]);
  const children = useChildren();
  const { say } = useSpeech();
  const [, redraw] = useState(0);
  const [busy, setBusy] = useState('');
  const [trouble, setTrouble] = useState({ path: '', words: '' });
  const found = last !== null && last.path === path && last.end === end ? last : null;
  const after = found ? found.after : end;
  const put = (next: Found) => {
    last = next;
    redraw((n) => n + 1);
  };
  const more = () => {
    if (end === null || after === null) return;
    setBusy(path);
    setTrouble({ path: '', words: '' });
    findOlder(filter, children, after).then(
      (told) => told && put({ path, end, notices: [...(found?.notices ?? []), ...told.notices], after: told.after }),
      (cause: unknown) => {
        if (!(cause instanceof NoAnswer)) throw cause;
        setTrouble({ path, words: silence({ say }, cause, { offline: 'inbox.older.offline', failed: 'inbox.older.failed' }) });
      },
    ).finally(() => setBusy('')).catch(reportError);
  };
  const did = (act: SortAct, ids: readonly string[]) => {
    if (!found) return;
    const at = new Date().toISOString();
    put({ ...found, notices: found.notices.map((one) => (ids.includes(one.id) ? sorted(one, act, at) : one)) });
  };
  const state = end === null ? 'whole' : busy === path && path !== '' ? 'busy' : after === null ? 'over' : 'more';
  return { notices: found?.notices ?? NONE, state, trouble: trouble.path === path ? trouble.words : '', more, did };
}

/** At the end of the list: how much of it lies on this phone, and the way to what is older. */
export function OlderNote({ older: { state, trouble, more } }: { older: OlderNotices }) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const { inbox } = useDevice().snapshot;
  if (state === 'whole') return null;
  return (
    <div class="inbox-older" data-testid="inbox-older">
      <p class="note" role="status">
        {state === 'busy' ? say('inbox.older.busy') : state === 'over' ? say('inbox.older.over') : say('inbox.older.here', { n: inbox?.value.length ?? 0 })}
        {state === 'more' && !reached && ` ${say('inbox.older.offline')}`}
      </p>
      {trouble !== '' && reached && <Failed>{trouble}</Failed>}
      {(state === 'more' || state === 'busy') && (
        <button type="button" class="button" data-kind="outline" disabled={state === 'busy' || !reached} onClick={more}>{say('inbox.older.more')}</button>
      )}
    </div>
  );
}
