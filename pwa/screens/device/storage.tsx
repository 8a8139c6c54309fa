import { useEffect, useState } from 'preact/hooks';
import { inBytes } from '../../data/picture.ts';
import { tell } from '../../device/changes.ts';
import { changeLine } from '../../data/line.ts';
import { freeCopies, freeFiles, freePublic } from '../../device/room.ts';
import { askToStay, readStaying, type Staying } from '../../device/staying.ts';
import { readUsage, type Room, type Usage } from '../../device/usage.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Page } from '../parts/page.tsx';

const HERS: readonly (keyof Usage)[] = ['written', 'papers'];
const FREED: readonly (keyof Usage)[] = ['places', 'files', 'receipts', 'told'];

/** What lies on this device, how much it takes, whether it stays, and what may go. */
export function StorageScreen() {
  const { say } = useSpeech();
  const state = useDevice();
  const [room, setRoom] = useState<Room | null>(null);
  const [staying, setStaying] = useState<Staying | null>(null);
  const [asked, setAsked] = useState(false);
  const [freed, setFreed] = useState(false);
  useEffect(() => {
    void readUsage().then(setRoom);
    void readStaying().then(setStaying);
  }, [state]);
  const stay = () => void askToStay().then((now) => { setStaying(now); setAsked(true); });
  const free = async () => {
    await freePublic();
    await freeFiles();
    await freeCopies();
    changeLine({ full: false });
    setFreed(true);
    tell('snapshot');
  };
  return (
    <Page title={say('storage.title')} back="/settings">
      <p>{say('storage.lead')}</p>
      {staying && <p role="status" data-testid="staying" data-staying={staying}><strong>{say(`storage.${staying}`)}</strong>{asked && staying === 'maybe' && <> {say('storage.notGiven')}</>}</p>}
      {staying === 'maybe' && <button type="button" class="button" data-kind="outline" onClick={stay}>{say('evicted.stay')}</button>}
      <h2>{say('storage.what')}</h2>
      {room && (
        <dl class="facts" data-testid="usage">
          {[...HERS, ...FREED, 'app' as const].map((kind) => (
            <div key={kind} data-testid={`usage-${kind}`}>
              <dt>{say(`storage.${kind}`)}</dt>
              <dd>{inBytes(room.usage[kind])}{kind !== 'app' && <span class="note">{say(HERS.includes(kind) ? 'storage.hers' : 'storage.again')}</span>}</dd>
            </div>
          ))}
        </dl>
      )}
      {room && room.used !== null && room.most !== null && <p class="note">{say('storage.total', { used: inBytes(room.used), most: inBytes(room.most) })}</p>}
      <button type="button" class="button" data-kind="outline" onClick={() => void free().catch(reportError)}>{say('storage.free')}</button>
      <p class="note">{say('storage.freeHelp')}</p>
      <p role="status">{freed && say('storage.freed')}</p>
    </Page>
  );
}
