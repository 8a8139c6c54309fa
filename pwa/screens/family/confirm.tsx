import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { AskConfirmation } from '../../data/documents.ts';
import { had, type Asked } from '../../data/family.ts';
import { useDevice, useLine, useSpeech } from '../device-state.tsx';
import { Page } from '../parts/page.tsx';
import { Trouble, useAsked } from './asking.tsx';
import { askFamily } from './family.tsx';
import { Radios } from './invite.tsx';

/** A parent in another home, or a legal guardian, asks a ward to confirm what the papers say. */
export function Confirm() {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const { service } = useDevice().snapshot;
  const asked = useAsked(askFamily, 'confirm');
  const kinds = asked.value?.family.kinds.filter((one) => one.byWard) ?? [];
  const [wish, setWish] = useState({ kind: 'parent', ward: '', wanted: '' });
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const [sent, setSent] = useState(false);
  const done = useRef<HTMLParagraphElement>(null);
  useEffect(() => done.current?.focus(), [sent]);
  const send = async (event: Event) => {
    event.preventDefault();
    const { value, trouble: why } = await had(async () => (await ask(AskConfirmation, wish)).askConfirmation, 'Mandate');
    setTrouble(why);
    setSent(value !== null);
  };
  return (
    <Page title={say('confirm.title')} back="/family">
      {!sent && <p>{say('confirm.lead')}</p>}
      {sent ? (
        <>
          <p role="status" class="receipt" tabIndex={-1} ref={done}>{say('confirm.sent')}</p>
          <p class="lone-link"><a href="/family">{say('family.title')}</a></p>
        </>
      ) : (
        <form noValidate onSubmit={(event) => void send(event)}>
          <Radios
            legend={say('confirm.kind')} chosen={wish.kind} options={kinds.map((one) => ({ id: one.id, name: pick(one.name) }))}
            choose={(kind) => setWish({ ...wish, kind })}
          />
          <div class="field">
            <label for="confirm-ward">{say('confirm.ward')}</label>
            <select id="confirm-ward" value={wish.ward} onChange={(event) => setWish({ ...wish, ward: event.currentTarget.value })}>
              <option value=""></option>
              {service?.value.wards.map((ward) => <option key={ward.code} value={ward.code}>{pick(ward.name)}</option>)}
            </select>
          </div>
          <div class="field">
            <label for="confirm-wanted">{say('confirm.wanted')}</label>
            <input
              id="confirm-wanted" type="text" maxLength={60} autoComplete="off" value={wish.wanted}
              onInput={(event) => setWish({ ...wish, wanted: event.currentTarget.value })}
            />
          </div>
          <Trouble trouble={trouble} to="/family/confirm" />
          <button class="button" disabled={!reached}>{say('confirm.send')}</button>
        </form>
      )}
      <Trouble trouble={asked.trouble} again={asked.again} to="/family/confirm" />
    </Page>
  );
}
