import { newLetters } from '../../data/answer.ts';
import { useSpeech } from '../device-state.tsx';
import { NoticeCard } from '../inbox/card.tsx';
import { useInbox } from '../inbox/use-inbox.ts';

const AT_A_GLANCE = 3;

/** What came and is unread, those that ask something first; the rest lies in the inbox. */
export function Letters() {
  const { say } = useSpeech();
  const letters = newLetters(useInbox() ?? []);
  if (letters.length === 0) return null;
  const others = letters.length - AT_A_GLANCE;
  return (
    <section aria-labelledby="letters" data-testid="new-letters">
      <h2 id="letters">{say('home.new')}</h2>
      <ul class="cards">{letters.slice(0, AT_A_GLANCE).map((notice) => <NoticeCard key={notice.id} notice={notice} isChosen={null} toggle={() => undefined} />)}</ul>
      {others > 0 && <ul class="links"><li><a href="/inbox">{say('home.toInbox', { n: others })}</a></li></ul>}
    </section>
  );
}
