import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { hearLine, readLine, type Line } from '../data/line.ts';
import type { Language, Text } from '../data/shapes.ts';
import { stopWriting } from '../device/leaving.ts';
import { hear } from '../device/changes.ts';
import { readDrafts, type Draft } from '../device/drafts.ts';
import { readLanguage } from '../device/language.ts';
import { closedAt } from '../device/lock.ts';
import { readOutbox, type OutboxItem } from '../device/outbox.ts';
import { readSnapshot, type Snapshot } from '../device/snapshot.ts';
import { learn, pick, sayIn, type Filling, type Key } from '../text/speak.ts';

/** All that a screen may show: what this device holds. */
export type DeviceState = {
  snapshot: Snapshot;
  drafts: Draft[];
  outbox: OutboxItem[];
  language: Language;
  /** The app is locked: nothing of hers is here to be shown. */
  isLocked: boolean;
};

export async function readDevice(): Promise<DeviceState> {
  const [snapshot, drafts, outbox, closed] = await Promise.all([readSnapshot(), readDrafts(), readOutbox(), closedAt()]);
  const language = readLanguage();
  await learn(language);
  return { snapshot, drafts, outbox, language, isLocked: closed !== null };
}

const Held = createContext<DeviceState | null>(null);

/** Hands the device's content to the screens, and anew whenever this tab, another one or the worker changed it. */
export function DeviceProvider(props: { first: DeviceState; children: ComponentChildren }) {
  const [state, setState] = useState(props.first);
  useEffect(() => {
    let wanted = 0;
    return hear((news) => {
      if (news === 'forgotten') {
        stopWriting();
        return location.replace('/');
      }
      const mine = ++wanted;
      void readDevice().then((read) => mine === wanted && setState(read));
    });
  }, []);
  return <Held.Provider value={state}>{props.children}</Held.Provider>;
}

export function useDevice(): DeviceState {
  const state = useContext(Held);
  if (!state) throw new Error('a screen outside of the device');
  return state;
}

export type Speech = {
  language: Language;
  say: (key: Key, filling?: Filling) => string;
  pick: (text: Text) => string;
};

export function useSpeech(): Speech {
  const { language } = useDevice();
  return {
    language,
    say: (key, filling) => sayIn(language, key, filling),
    pick: (text) => pick(language, text),
  };
}

export function useLine(): Line {
  const [line, setLine] = useState(readLine);
  useEffect(() => hearLine(() => setLine(readLine())), []);
  return line;
}
