import { useEffect, useRef, useState } from 'preact/hooks';
import { holdHere } from '../router.ts';

/** As long as something is written here that is kept nowhere: whoever leaves is asked first, by whichever way. `leave` is
 * for the page's own way out. */
export function useAskedFirst(isWritten: boolean) {
  const [onward, setOnward] = useState<(() => void) | null>(null);
  const letGo = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (!isWritten) return undefined;
    letGo.current = holdHere((goOn) => setOnward(() => goOn));
    return letGo.current;
  }, [isWritten]);
  return {
    isAsking: isWritten && onward !== null,
    leave: (way: () => void) => (isWritten ? setOnward(() => way) : way()),
    stay: () => setOnward(null),
    goOn: () => {
      letGo.current();
      onward?.();
    },
  };
}
