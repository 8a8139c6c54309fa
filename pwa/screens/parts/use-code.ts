import { useEffect, useState } from 'preact/hooks';

/** What stands behind the #: the code of a link. Another link opened in the same window loads no page, and is heard here. */
export function useCode(): string {
  const [code, setCode] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const ear = () => setCode(location.hash.slice(1));
    addEventListener('hashchange', ear);
    return () => removeEventListener('hashchange', ear);
  }, []);
  return code;
}
