import { useEffect, useRef, useState } from 'preact/hooks';
import { ACCEPTED, forget, upload } from '../../data/upload.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { waitInWords } from '../parts/silence.ts';

const MOST = 3;
type Item = { key: number; name: string; part: number; id: string | null; stop: AbortController };

/** Files on their way or there already. What is not handed in is forgotten when she leaves, here and with the server. */
export function useAttached() {
  const { say, pick } = useSpeech();
  const [items, show] = useState<readonly Item[]>([]);
  const [trouble, setTrouble] = useState('');
  const held = useRef(items);
  const counted = useRef(0);
  const put = (next: readonly Item[]) => {
    held.current = next;
    show(next);
  };
  const change = (item: Item, part: Partial<Item>) => put(held.current.map((one) => (one.key === item.key ? { ...one, ...part } : one)));
  const remove = (item: Item) => {
    letGo(item);
    put(held.current.filter((one) => one.key !== item.key));
  };
  const sendOne = async (file: File, item: Item) => {
    const outcome = await upload(file, (part) => change(item, { part }), item.stop.signal).catch(() => null);
    if (outcome === null) return;
    if ('taken' in outcome) return change(item, { id: outcome.taken.id });
    remove(item);
    const { message, retryAfter } = outcome.refused;
    setTrouble(say('attach.not', { name: file.name, why: retryAfter === null ? pick(message) : waitInWords(say, retryAfter) }));
  };
  const add = (files: readonly File[]) => {
    setTrouble(held.current.length + files.length > MOST ? say('attach.most', { n: MOST }) : '');
    for (const file of files.slice(0, MOST - held.current.length)) {
      const item = { key: ++counted.current, name: file.name, part: 0, id: null, stop: new AbortController() };
      put([...held.current, item]);
      void sendOne(file, item);
    }
  };
  useEffect(() => () => held.current.forEach(letGo), []);
  const handedIn = () => { held.current = []; };
  const ids = items.flatMap(({ id }) => (id === null ? [] : [id]));
  return { items, trouble, add, remove, handedIn, ids, isSending: ids.length < items.length };
}

function letGo({ id, stop }: Item): void {
  stop.abort();
  if (id !== null) void forget(id);
}

type AttachProps = { id: string; attached: ReturnType<typeof useAttached> };

/** Up to three pictures or papers, each with how far it is and a way to take it out again. */
export function Attach({ id, attached: { items, trouble, add, remove } }: AttachProps) {
  const { say } = useSpeech();
  const { reached } = useLine();
  const isFull = items.length >= MOST;
  return (
    <div class="attach" role="group" aria-labelledby={`${id}-title`}>
      <p id={`${id}-title`}><strong>{say('attach.title')}</strong></p>
      <p class="note" id={`${id}-help`}>{say('attach.help', { n: MOST })}</p>
      <ul class="plain attach-list">
        {items.map((item) => (
          <li key={item.key} data-testid="attached" data-there={item.id !== null}>
            <span class="attach-name">{item.name}</span>
            {item.id === null
              ? <progress value={item.part} max={1} aria-label={say('attach.sending', { name: item.name })} />
              : <span class="badge">{say('attach.there')}</span>}
            <button type="button" class="button" data-kind="quiet" aria-label={say('consents.about', { name: item.name, act: say('attach.remove') })} onClick={() => remove(item)}>
              {say('attach.remove')}
            </button>
          </li>
        ))}
      </ul>
      <p class="unseen" role="status">{say('attach.count', { n: items.filter((item) => item.id !== null).length })}</p>
      {trouble !== '' && <p class="error" role="alert">{trouble}</p>}
      <input
        id={id} class="attach-input" type="file" accept={ACCEPTED} multiple disabled={!reached || isFull} aria-describedby={`${id}-help`}
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      {!isFull && <label for={id} class="button" data-kind="outline">{say('attach.choose')}</label>}
    </div>
  );
}
