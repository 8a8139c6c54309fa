import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { readLanguage } from '../../device/language.ts';
import { isLearnt, learnFor, type Extent } from '../../text/speak.ts';
import { useDevice } from '../device-state.tsx';
import { Loading } from './page.tsx';

/** The room, and what begins to fetch it before it is shown. */
type Later<P> = { Room: Ahead<P>; load: () => Promise<ComponentType<P> | null> };
type Ahead<P> = ((props: P) => VNode | null) & { load: () => Promise<unknown> };

/** A room fetched beside the first screen, so that this one is light and the room there before it is opened. It is shown
 * when its style sheet is there and its texts are learnt, in whichever language she reads by then. */
export function later<P extends object>(
  fetched: () => Promise<ComponentType<P>>, missing: () => VNode | null,
  waiting: () => VNode | null = () => <Loading />, extent: Extent = 'all',
): Later<P> {
  let got: ComponentType<P> | null = null;
  const dressed = () => (extent === 'all' ? import('../../design/whole.ts') : null);
  /** Null: it could not be fetched; the next visit tries again. */
  const load = (language = readLanguage()) =>
    Promise.all([fetched(), learnFor(extent, language), dressed()]).then(([loaded]) => (got = loaded), () => null);
  function Room(props: P) {
    const { language } = useDevice();
    const [, look] = useState(0);
    const [failed, setFailed] = useState(false);
    const Screen = isLearnt(extent, language) ? got : null;
    useEffect(() => {
      if (!Screen) void load(language).then((loaded) => (loaded ? look((times) => times + 1) : setFailed(true)));
    }, [language]);
    if (failed && !Screen) return missing();
    return Screen ? <Screen {...props} /> : waiting();
  }
  return { Room: Object.assign(Room, { load: () => load() }), load: () => load() };
}
