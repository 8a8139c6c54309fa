import { useState } from 'preact/hooks';
import { NoAnswer } from '../../data/ask.ts';
import { makeSheet } from '../../data/moving.ts';
import type { Difference, SheetContents, Text } from '../../data/shapes.ts';
import { shortDay } from '../../text/dates.ts';
import { comma } from '../../text/lists.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { go } from '../router.ts';

/** Shows exactly what the sheet would say; nothing is signed before she agrees. */
export function SheetOffer({ found }: { found: Difference }) {
  const { sheet } = useDevice().snapshot;
  const { say, pick } = useSpeech();
  const [agreed, setAgreed] = useState(false);
  const [making, setMaking] = useState(false);
  const [trouble, setTrouble] = useState<Text | 'silent' | null>(null);
  if (!found.handover) return <p class="note">{say('sheet.notThere')}</p>;
  const make = async () => {
    setMaking(true);
    try {
      const why = await makeSheet(found);
      setTrouble(why);
      if (why === null) go('/moving/sheet');
    } catch (cause) {
      if (!(cause instanceof NoAnswer)) throw cause;
      setTrouble('silent');
    } finally {
      setMaking(false);
    }
  };
  return (
    <section class="offer" aria-labelledby="offer" data-testid="sheet-offer">
      <h2 id="offer">{say('sheet.title')}</h2>
      <p>{say('sheet.lead', { ward: pick(found.handover.ward.name), n: found.handover.minutes })}</p>
      <Contents contents={found.handover} />
      <label class="tick">
        <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.currentTarget.checked)} /> {say('sheet.agree')}
      </label>
      {trouble !== null && <p class="error" role="alert">{trouble === 'silent' ? say('sheet.silent') : pick(trouble)}</p>}
      <button type="button" class="button" disabled={!agreed || making} onClick={() => void make()}>{say('sheet.make')}</button>
      {sheet?.value.contents === found.handover.contents && <p><a href="/moving/sheet">{say('sheet.open')}</a></p>}
    </section>
  );
}

function Contents({ contents }: { contents: SheetContents }) {
  const { say, pick, language } = useSpeech();
  const list = (items: SheetContents['household']) =>
    items.length ? items.map((item) => pick(item.name)).join(comma(language)) : say('sheet.nothing');
  return (
    <div class="box" data-testid="sheet-contents">
      <h3>{say('sheet.contents')}</h3>
      <ul>
        <li>{say('sheet.move', { from: pick(contents.leavingName), to: pick(contents.ward.name), day: shortDay(contents.planned, language) })}</li>
        <li>{say('colon', { of: say('move.household') })}{list(contents.household)}</li>
        {contents.people.map((one) => (
          <li key={`${one.name} ${one.birthDate}`}>{say('colon', { of: say('sheet.person', { name: one.name, day: one.birthDate.replaceAll('-', '/') }) })}{list(one.items)}</li>
        ))}
      </ul>
      <p class="note">{say('sheet.never')}</p>
    </div>
  );
}
