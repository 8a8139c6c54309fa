import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Loading } from './page.tsx';

type Later<P> = { Room: (props: P) => VNode; load: () => Promise<ComponentType<P> | null> };

/** A room fetched beside the first screen, so that this one is light and the room there before it is opened. */
export function later<P extends object>(fetched: () => Promise<ComponentType<P>>, missing: () => VNode): Later<P> {
  let got: ComponentType<P> | null = null;
  /** Null: it could not be fetched; the next visit tries again. */
  const load = () => fetched().then((loaded) => (got = loaded), () => null);
  function Room(props: P) {
    const [Screen, show] = useState(() => got);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (!Screen) void load().then((loaded) => (loaded ? show(() => loaded) : setFailed(true)));
    }, []);
    if (failed) return missing();
    return Screen ? <Screen {...props} /> : <Loading />;
  }
  return { Room, load };
}
