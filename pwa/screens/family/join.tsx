import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { AcceptMandate, DeclineMandate, ShowInvitation } from '../../data/documents.ts';
import { had, type Asked } from '../../data/family.ts';
import { takeCode } from '../../data/held-code.ts';
import { longDay } from '../../text/dates.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';
import { Page } from '../parts/page.tsx';
import { go } from '../router.ts';
import { Trouble } from './asking.tsx';
import { Words } from './mandate.tsx';

const askInvitation = (code: string) =>
  had(async () => (await ask(ShowInvitation, { code })).viewer?.invitation, 'Invitation');
type Invitation = NonNullable<Awaited<ReturnType<typeof askInvitation>>['value']>;

/** The invited person sees what it says, and says yes or no as themselves. */
export function Join() {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [code, setCode] = useState(takeCode);
  const [invitation, show] = useState<Invitation | null>(null);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const [declined, setDeclined] = useState(false);
  const look = async (event: Event) => {
    event.preventDefault();
    const { value, trouble: why } = await askInvitation(code);
    show(value);
    setTrouble(why);
  };
  const accept = async () => {
    const { value, trouble: why } = await had(async () => (await ask(AcceptMandate, { code })).acceptMandate, 'Mandate');
    setTrouble(why);
    if (value) go(`/family/${value.id}`, 'replace');
  };
  const decline = async () => {
    const { value, trouble: why } = await had(async () => (await ask(DeclineMandate, { code })).declineMandate, 'Mandate');
    setTrouble(why);
    if (value) setDeclined(true);
  };
  return (
    <Page title={say('join.title')} back="/family">
      {declined && <p role="status">{say('join.declined')}</p>}
      {declined && <p class="lone-link"><a href="/family">{say('family.title')}</a></p>}
      {!declined && !invitation && (
        <form noValidate onSubmit={(event) => void look(event)}>
          <div class="field">
            <label for="join-code">{say('join.code')}</label>
            <p class="note" id="join-help">{say('join.codeHelp')}</p>
            <input
              id="join-code" type="text" autoComplete="off" autoCapitalize="none" spellcheck={false} value={code}
              aria-describedby="join-help" onInput={(event) => setCode(event.currentTarget.value)}
            />
          </div>
          <button class="button" disabled={!reached || code.trim() === ''}>{say('join.look')}</button>
        </form>
      )}
      {!declined && invitation && <Says invitation={invitation} accept={() => void accept()} decline={() => void decline()} />}
      <Trouble trouble={trouble} to="/family/join" />
    </Page>
  );
}

type SaysProps = { invitation: Invitation; accept: () => void; decline: () => void };

function Says({ invitation, accept, decline }: SaysProps) {
  const { say, pick, language } = useSpeech();
  const { reached } = useLine();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-label={say('join.from', { giver: invitation.giver })}>
      <h2 tabIndex={-1} ref={heading}>{say('join.from', { giver: invitation.giver })}</h2>
      <dl class="facts">
        <Line term={say('confirm.kind')}>{pick(invitation.kindName)}</Line>
        <Line term={say('family.about')}>{invitation.about}</Line>
        <Line term={say('family.purpose')}>{pick(invitation.purpose)}</Line>
        <Line term={say('family.scope')}><Words texts={invitation.bundles} /></Line>
        <Line term={say('family.items')}><Words texts={invitation.items} /></Line>
        <Line term={say('family.until')}>{longDay(invitation.endsOn, language)}</Line>
      </dl>
      <p><strong>{say('join.sure')}</strong> {say('join.rule')}</p>
      <button type="button" class="button" disabled={!reached} onClick={accept}>{say('join.yes')}</button>
      <button type="button" class="button" data-kind="outline" disabled={!reached} onClick={decline}>{say('join.no')}</button>
    </section>
  );
}
