import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { quietly } from '../data/quietly.ts';
import { hearLine, readLine, type Line } from '../data/line.ts';
import type { Text } from '../data/shapes.ts';
import { noteHeld, readEviction, type Eviction } from '../device/evicted.ts';
import { mayWrite, stopWriting } from '../device/leaving.ts';
import { hear } from '../device/changes.ts';
import type { Draft } from '../device/drafts.ts';
import { readDrafts } from '../device/drafts-held.ts';
import { dressOf, readFallBack, readLanguage, readOwnLanguage } from '../device/language.ts';
import { closedAt } from '../device/lock-state.ts';
import { isCounted, readOutbox, type OutboxItem } from '../device/outbox-held.ts';
import { countShared } from '../device/shared-here.ts';
import { readShut, type Shut } from '../device/shelves.ts';
import { readSnapshot, type Snapshot } from '../device/snapshot.ts';
import type { Carried } from '../device/versions.ts';
import { showMarks } from './ruby.ts';
import { FALL_BACKS, HTML_LANG, isWritten, writtenOf, type Language, type Written } from '../text/languages.ts';
import { dressIn, learn, pick, sayIn, type Filling, type Key } from '../text/speak.ts';

/** All that a screen may show: what this device holds. */
export type DeviceState = {
  snapshot: Snapshot;
  drafts: Draft[];
  outbox: OutboxItem[];
  language: Language;
  fallBack: Written;
  /** The app is locked: nothing of hers is here to be shown. */
  isLocked: boolean;
  /** What lies here and cannot be opened. */
  shut: Record<Carried, Shut>;
  /** The browser has emptied the store, and she has not been told yet. */
  evicted: Eviction | null;
  /** How many things were shared with the app and wait for her. */
  shared: number;
};

export async function readDevice(): Promise<DeviceState> {
  const [snapshot, drafts, outbox, closed, evicted, shared] = await Promise.all([
    readSnapshot(), readDrafts(), readOutbox(), closedAt(), readEviction(), countShared(),
  ]);
  const language = await withinReach(readLanguage());
  const dress = dressOf(language);
  await dressIn(dress).catch(reportError);
  if (dress !== null || !isWritten(language)) showMarks(HTML_LANG[readFallBack(language)]);
  if (snapshot.viewer && mayWrite()) noteHeld({ drafts: drafts.length, unsent: outbox.filter(isCounted).length });
  return {
    snapshot, drafts, outbox, language, fallBack: readFallBack(language), isLocked: closed !== null, shut: readShut(), evicted, shared,
  };
}

let lastShown: Language | null = null;

/** Her language, or, where its texts lie out of reach, what stands there already, her own after a link that asked for
 * another, or one of the three that lie on every phone. */
async function withinReach(language: Language): Promise<Language> {
  const others = [lastShown, readOwnLanguage(), FALL_BACKS[language][0] ?? 'en'].filter((one) => one !== null);
  for (const one of new Set([language, ...others])) {
    if (await learn(one).then(() => true, () => false)) return (lastShown = one);
  }
  await learn(language); // none lies within reach: it fails as the last did
  return language;
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
      quietly(readDevice().then((read) => mine === wanted && setState(read)));
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
  /** Her language, or the one of the three that she falls back to where hers is not there. */
  written: Written;
  say: (key: Key, filling?: Filling) => string;
  pick: (text: Text) => string;
};

export function useSpeech(): Speech {
  const { language, fallBack } = useDevice();
  return {
    language,
    written: writtenOf(language, fallBack),
    say: (key, filling) => sayIn(language, key, filling),
    pick: (text) => pick(language, text, fallBack),
  };
}

export function useLine(): Line {
  const [line, setLine] = useState(readLine);
  useEffect(() => hearLine(() => setLine(readLine())), []);
  return line;
}
