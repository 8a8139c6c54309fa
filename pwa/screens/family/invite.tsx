import { useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { InviteDelegate } from '../../data/documents.ts';
import { daysAhead, had, type Asked } from '../../data/family.ts';
import type { Family, MandateKind } from '../../data/shapes.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';
import { Page } from '../parts/page.tsx';
import { Trouble, useAsked } from './asking.tsx';
import { askFamily } from './family.tsx';
import { Words } from './mandate.tsx';

type Wish = { kind: string; to: string; person: string | null | undefined; personAgrees: boolean; bundles: string[]; purpose: string; endsOn: string };
type Made = { code: string; to: string; isTask: boolean };

/** She says whom she asks, about whom, for what and how long; the code is shown this once. */
export function Invite() {
  const { say } = useSpeech();
  const { value, trouble, again } = useAsked(askFamily, 'invite');
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Page key={made ? 'made' : 'write'} title={say(made ? 'invite.made' : 'invite.title')} back="/family">
      <Trouble trouble={trouble} again={again} to="/family/invite" />
      {made ? <Code made={made} /> : value && <Writing family={value.family} made={setMade} />}
    </Page>
  );
}

function Writing({ family, made }: { family: Family; made: (made: Made) => void }) {
  const { say, pick } = useSpeech();
  const { reached } = useLine();
  const kinds = family.kinds.filter((one) => !one.byWard && (one.about !== 'child' || family.members.some((who) => who.isChild)));
  const [kind, choose] = useState<MandateKind | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const [nobody, setNobody] = useState(false);
  const start = (one: MandateKind) => {
    const about = people(one, family);
    choose(one);
    setWish({
      kind: one.id, to: '', person: about.length > 1 ? undefined : about[0]?.id ?? null, personAgrees: false, bundles: one.scopes.slice(0, 1).map(({ id }) => id),
      purpose: one.purposes[0]?.id ?? '', endsOn: daysAhead(one.longestDays).usual,
    });
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (!wish) return;
    const { person } = wish;
    if (person === undefined) return setNobody(true);
    const { value, trouble: why } = await had(async () => (await ask(InviteDelegate, { input: { ...wish, person } })).inviteDelegate, 'Invited');
    setTrouble(why);
    if (value) made({ code: value.code, to: wish.to, isTask: wish.kind === 'employer' });
  };
  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <fieldset class="field">
        <legend>{say('invite.kind')}</legend>
        <div class="options">
          {kinds.map((one) => (
            <label class="option" key={one.id}>
              <input type="radio" name="kind" checked={kind?.id === one.id} onChange={() => start(one)} /><span>{pick(one.name)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {kind && wish && <Rest kind={kind} family={family} wish={wish} change={(more) => setWish({ ...wish, ...more })} />}
      {nobody && wish?.person === undefined && <p class="error" role="alert">{say('invite.nobody')}</p>}
      <Trouble trouble={trouble} to="/family/invite" />
      {kind && <button class="button" disabled={!reached}>{say('invite.make')}</button>}
    </form>
  );
}

type Person = { id: string | null; name: string };
function people(kind: MandateKind, family: Family): Person[] {
  if (kind.about === 'nobody') return [];
  const members = family.members.filter((one) => (kind.about === 'child' ? one.isChild : kind.about === 'adult' ? !one.isChild : true));
  return kind.about === 'child' ? members : [...members, { id: null, name: '' }];
}

type RestProps = { kind: MandateKind; family: Family; wish: Wish; change: (more: Partial<Wish>) => void };

function Rest({ kind, family, wish, change }: RestProps) {
  const { say, pick } = useSpeech();
  const days = daysAhead(kind.longestDays);
  const grown = kind.about === 'adult' && wish.person ? family.members.find((one) => one.id === wish.person) : undefined;
  const toggle = (id: string) =>
    change({ bundles: wish.bundles.includes(id) ? wish.bundles.filter((one) => one !== id) : [...wish.bundles, id] });
  return (
    <>
      <div class="field">
        <label for="invite-to">{say(kind.id === 'employer' ? 'invite.toCompany' : 'invite.to')}</label>
        {kind.id !== 'employer' && <p class="note" id="invite-to-help">{say('invite.toHelp')}</p>}
        <input
          id="invite-to" type="text" value={wish.to} maxLength={60} autoComplete="off" aria-required
          aria-describedby={kind.id === 'employer' ? undefined : 'invite-to-help'}
          onInput={(event) => change({ to: event.currentTarget.value })}
        />
      </div>
      {kind.about !== 'nobody' && (
        <Radios
          legend={say('invite.person')} chosen={wish.person}
          options={people(kind, family).map((one) => ({ id: one.id, name: one.id === null ? say('invite.myself') : one.name }))}
          choose={(person) => change({ person, personAgrees: false })}
        />
      )}
      {grown && (
        <div class="field">
          <label class="option">
            <input
              type="checkbox" checked={wish.personAgrees} aria-required
              onChange={(event) => change({ personAgrees: event.currentTarget.checked })}
            />
            <span>{say('invite.agrees', { name: grown.name })}</span>
          </label>
        </div>
      )}
      {kind.scopes.length > 0 && (
        <fieldset class="field">
          <legend>{say('invite.scope')}</legend>
          <div class="options">
            {kind.scopes.map((one) => (
              <label class="option" key={one.id}>
                <input type="checkbox" checked={wish.bundles.includes(one.id)} onChange={() => toggle(one.id)} /><span>{pick(one.name)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <div class="field">
        <label for="invite-until">{say('invite.endsOn')}</label>
        <input
          id="invite-until" type="date" min={days.min} max={days.max} value={wish.endsOn}
          onInput={(event) => change({ endsOn: event.currentTarget.value })}
        />
      </div>
      <dl class="facts">
        <Line term={say('family.items')}><Words texts={kind.items} /></Line>
        <Line term={say('family.send')}>{say(kind.maySend ? 'family.send.yes' : 'family.send.no')}</Line>
        <Line term={say('family.hidden')}>{say('family.hidden.always')} <Words texts={kind.hidden} /></Line>
      </dl>
    </>
  );
}

type RadiosProps<T> = { legend: string; chosen: T; options: { id: T; name: string }[]; choose: (id: T) => void };

export function Radios<T>({ legend, chosen, options, choose }: RadiosProps<T>) {
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      <div class="options">
        {options.map((one) => (
          <label class="option" key={String(one.id)}>
            <input type="radio" name={legend} checked={chosen === one.id} onChange={() => choose(one.id)} /><span>{one.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Code({ made }: { made: Made }) {
  const { say } = useSpeech();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}${made.isTask ? '/task' : '/family/join'}#${made.code}`;
  const copy = () => navigator.clipboard.writeText(link).then(() => setCopied(true), () => undefined);
  return (
    <>
      <p>{say('invite.code', { name: made.to })}</p>
      <p class="receipt"><span class="number" data-testid="code">{made.code}</span></p>
      <p class="note link-text">{link}</p>
      <p>{say('invite.once')}</p>
      {'share' in navigator && (
        <button type="button" class="button" onClick={() => void navigator.share({ url: link }).catch(() => undefined)}>{say('invite.share')}</button>
      )}
      <button type="button" class="button" data-kind="outline" onClick={() => void copy()}>{say('invite.copy')}</button>
      <p role="status">{copied && say('invite.copied')}</p>
      <p class="lone-link"><a href="/family">{say('family.title')}</a></p>
    </>
  );
}
