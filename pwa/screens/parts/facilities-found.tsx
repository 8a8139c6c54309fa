import { useEffect, useState } from 'preact/hooks';
import { choose, NO_WISH, type Found } from '../../data/facility-choice.ts';
import { facilityPath, readWards } from '../../data/facilities.ts';
import { readOwnPlaces } from '../../device/own-places.ts';
import { useDevice, useSpeech } from '../device-state.tsx';

const MOST = 4;

/** In the search: the facilities of her wards that the same words name. */
export function FacilitiesFound({ question }: { question: string }) {
  const { say } = useSpeech();
  const ward = useDevice().snapshot.viewer?.value.ward?.code ?? '131016';
  const [found, show] = useState<Found[]>([]);
  const words = question.trim();
  useEffect(() => {
    let isHere = true;
    if (words.length < 2) return show([]);
    void readOwnPlaces().then(({ wards }) => readWards(wards.length ? wards : [ward])).then(({ told }) => {
      if (isHere) show(choose(told.flatMap(({ facilities }) => facilities), { ...NO_WISH, words, sort: 'name' }));
    });
    return () => {
      isHere = false;
    };
  }, [words, ward]);
  if (found.length === 0) return null;
  return (
    <section aria-labelledby="found-facilities" data-testid="found-facilities">
      <h2 id="found-facilities">{say('facilities.inSearch')}</h2>
      <ul class="links">
        {found.slice(0, MOST).map(({ facility }) => <li key={facility.id}><a href={facilityPath(facility)}>{facility.name}</a></li>)}
        <li><a href={`/facilities?q=${encodeURIComponent(words)}`}>{say('facilities.inSearchAll')}（{say('facilities.count', { n: found.length })}）</a></li>
      </ul>
    </section>
  );
}
