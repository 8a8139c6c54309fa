import { useEffect, useState } from 'preact/hooks';
import { throwSheetAway } from '../../data/moving.ts';
import type { CounterSheet } from '../../data/shapes.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Page } from '../parts/page.tsx';
import { go } from '../router.ts';

/** The square to hold out at the counter, with the time it has left; drawn without a network, gone when it has expired. */
export function SheetScreen() {
  const { sheet } = useDevice().snapshot;
  const { say } = useSpeech();
  return (
    <Page title={say('sheet.screen')} back="/moving/difference">
      {sheet ? <Live sheet={sheet.value} /> : <p>{say('sheet.none')}</p>}
    </Page>
  );
}

function Live({ sheet }: { sheet: CounterSheet }) {
  const { say, pick } = useSpeech();
  const left = useSecondsUntil(sheet.expiresAt);
  const away = () => void throwSheetAway().then(() => go('/moving/difference', 'replace'));
  if (left <= 0) {
    return (
      <div data-testid="sheet" data-state="expired">
        <p class="alert" role="alert"><strong>{say('sheet.expired')}</strong></p>
        <p><button type="button" class="button" onClick={away}>{say('sheet.again')}</button></p>
      </div>
    );
  }
  return (
    <div data-testid="sheet" data-state="valid">
      <p>{say('sheet.show', { ward: pick(sheet.ward.name) })}</p>
      <svg class="square" viewBox={`0 0 ${sheet.side} ${sheet.side}`} role="img" aria-label={say('sheet.image')} shape-rendering="crispEdges">
        <rect width={sheet.side} height={sheet.side} fill="#fff" />
        <path d={sheet.path} stroke="#000" />
      </svg>
      <p class="lead" role="timer">{say('sheet.left', { m: Math.floor(left / 60), s: String(left % 60).padStart(2, '0') })}</p>
      <p class="note">{say('sheet.offline')}</p>
      <button type="button" class="button" data-kind="quiet" onClick={away}>{say('sheet.away')}</button>
    </div>
  );
}

function useSecondsUntil(moment: string): number {
  const seconds = () => Math.ceil((Date.parse(moment) - Date.now()) / 1000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const clock = setInterval(() => setLeft(seconds()), 1000);
    return () => clearInterval(clock);
  }, [moment]);
  return left;
}
