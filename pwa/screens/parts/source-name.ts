import { useDevice, useSpeech } from '../device-state.tsx';

/** The name of a source by its id; `self` is she. */
export function useSourceName(): (id: string) => string {
  const { home } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  return (id) => {
    if (id === 'self') return say('source.self');
    const source = home?.value.sources.find((one) => one.id === id);
    return source ? pick(source.name) : id;
  };
}
