import { useEffect, useState } from 'preact/hooks';
import { ALL, filterFrom, found, grouped, pathOf, type Filter } from '../../data/mail/finding.ts';
import { undoOf } from '../../data/mail/sorting.ts';
import { quietly, refreshInbox } from '../../data/refresh.ts';
import type { Notice } from '../../data/shapes.ts';
import { dayAt } from '../../text/dates.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Age } from '../parts/age.tsx';
import { Page } from '../parts/page.tsx';
import { go } from '../router.ts';
import { NoticeCard } from './card.tsx';
import { Choosing } from './choosing.tsx';
import { Filters } from './filters.tsx';
import { OlderNote, useOlder } from './older.tsx';
import { leaveAt } from './place.ts';
import { Toast, type Told } from './toast.tsx';
import { useChildren, useInbox, useWithOlder } from './use-inbox.ts';
import { Empty } from '../parts/states.tsx';

const NONE: readonly Notice[] = [];

/** One inbox for nursery, school, ward, nation and private: what is hers to do first, then the rest, the newest first. */
export function InboxScreen({ query }: { query: URLSearchParams }) {
  const { say } = useSpeech();
  const { inbox } = useDevice().snapshot;
  const notices = useInbox();
  const children = useChildren();
  const [chosen, choose] = useState<ReadonlySet<string> | null>(null);
  const [told, tell] = useState<Told | null>(null);
  const filter = filterFrom(query);
  const path = pathOf(filter);
  useEffect(() => quietly(refreshInbox()), []);
  useEffect(() => leaveAt(path), [path]);
  const filtered = (changed: Partial<Filter>) => {
    choose(chosen && new Set());
    go(pathOf({ ...filter, ...changed }), 'replace');
  };
  const older = useOlder(filter, path);
  const all = useWithOlder(notices ?? NONE, older.notices);
  const shown = found(all, filter, children);
  const hear = (news: Told | null) => {
    const act = news?.isUndone ? undoOf(news.act) : news?.act;
    if (news && act) older.did(act, news.ids);
    tell(news);
  };
  return (
    <Page title={say('inbox.title')} lead={<Age kept={inbox} />}>
      {notices === null && <p role="status">{say('inbox.unheard')}</p>}
      {notices?.length === 0 && <Empty>{say('inbox.empty')}<br />{say('inbox.emptyHelp')}</Empty>}
      {notices !== null && notices.length > 0 && (
        <>
          <Filters notices={all} of={children} filter={filter} filtered={filtered} />
          <Head shown={shown} chosen={chosen} choose={choose} />
          {shown.length === 0 && <NoneFound showAll={() => filtered(ALL)} isAll={path === '/inbox'} />}
          <Groups shown={shown} chosen={chosen} choose={choose} />
          {chosen && <Choosing shown={shown} chosen={chosen} choose={choose} tell={hear} />}
          <OlderNote older={older} />
        </>
      )}
      <Toast told={told} tell={hear} isRaised={chosen !== null} />
      <ul class="links"><li><a href="/settings#telling">{say('inbox.telling')}</a></li></ul>
    </Page>
  );
}

type Choice = { shown: Notice[]; chosen: ReadonlySet<string> | null; choose: (chosen: ReadonlySet<string> | null) => void };

function Head({ shown, chosen, choose }: Choice) {
  const { say } = useSpeech();
  return (
    <div class="inbox-head">
      <p class="note" role="status">{chosen ? say('inbox.chosen', { n: chosen.size }) : say('inbox.count', { n: shown.length })}</p>
      <button type="button" class="button" data-kind="quiet" aria-pressed={chosen !== null} disabled={!chosen && shown.length === 0}
        onClick={() => choose(chosen ? null : new Set())}>
        {say(chosen ? 'inbox.endChoosing' : 'inbox.choose')}
      </button>
    </div>
  );
}

function NoneFound({ showAll, isAll }: { showAll: () => void; isAll: boolean }) {
  const { say } = useSpeech();
  return (
    <Empty act={!isAll && <button type="button" class="button" data-kind="outline" onClick={showAll}>{say('inbox.showAll')}</button>}>
      {say('inbox.noneFound')}
    </Empty>
  );
}

function Groups({ shown, chosen, choose }: Choice) {
  const { say } = useSpeech();
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  return (
    <>
      {grouped(shown, dayAt(new Date())).map(({ id, notices }) => (
        <section key={id} aria-labelledby={`group-${id}`} data-testid={`group-${id}`}>
          <h2 id={`group-${id}`}>{say(`inbox.group.${id}`)}</h2>
          <ul class="cards">
            {notices.map((notice) => (
              <NoticeCard key={notice.id} notice={notice} isChosen={chosen?.has(notice.id) ?? null} toggle={() => toggle(notice.id)} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
