import { useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { useSpeech } from '../device-state.tsx';
import { silence } from '../parts/silence.ts';

/** Runs one act of a page that lives on the network alone; what went wrong is said in one place. */
export function useTrying() {
  const { say } = useSpeech();
  const [trouble, setTrouble] = useState('');
  const [news, setNews] = useState('');
  const trying = async (act: () => Promise<string | void>) => {
    setTrouble('');
    setNews('');
    try {
      setNews((await act()) ?? '');
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble(silence({ say }, cause, { offline: 'reach.offline', failed: 'reach.failed' }));
    }
  };
  return { trying, trouble, setTrouble, news };
}
