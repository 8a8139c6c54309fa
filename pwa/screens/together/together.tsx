import { bundlesOfEvent, isOfMoving, togetherPath } from '../../data/events.ts';
import type { Home } from '../../data/shapes.ts';
import { pagesOf } from '../../data/together.ts';
import type { Kept } from '../../device/snapshot.ts';
import { useDevice, useSpeech } from '../device-state.tsx';
import { Gone } from '../parts/gone.tsx';
import { Page } from '../parts/page.tsx';
import { isFilling } from '../parts/pressing.ts';
import { Unheard } from '../parts/unheard.tsx';
import { Questions } from './questions.tsx';
import { ReviewAll } from './review.tsx';
import { Start } from './start.tsx';
import { useTogether } from './use-together.ts';

type Props = { event: string; query: URLSearchParams };

/** One life event, one conversation: what it is about, a few pages of questions, and all of it looked over once. */
export function TogetherScreen(props: Props) {
  const { home } = useDevice().snapshot;
  if (!home) return <Unheard />;
  if (bundlesOfEvent(home.value, props.event).length === 0) return isFilling(home.value) ? <Unheard /> : <Gone text="together.none" help="together.noneHelp" />;
  return <Conversation {...props} home={home} />;
}

function Conversation({ event, query, home }: Props & { home: Kept<Home> }) {
  const { say, pick } = useSpeech();
  const talk = useTogether(event, home);
  const pages = pagesOf(talk.all);
  const [bundle] = bundlesOfEvent(home.value, event);
  const name = bundle ? pick(bundle.name) : '';
  const path = togetherPath(event);
  const asked = Number(query.get('page') ?? 0);
  const at = Number.isInteger(asked) && asked >= 1 && asked <= pages.length ? asked : 0;
  const page = pages[at - 1];
  if (query.has('review') && talk.parts.length > 0) {
    return (
      <Page key="review" title={say('together.reviewTitle')} back={pages.length ? `${path}?page=${pages.length}` : path}>
        <ReviewAll event={event} talk={talk} />
      </Page>
    );
  }
  if (page) {
    const next = at < pages.length ? `${path}?page=${at + 1}` : `${path}?review`;
    return (
      <Page key={at} title={say('together.pageTitle', { n: at, all: pages.length })} back={at > 1 ? `${path}?page=${at - 1}` : path}>
        <Questions page={page} at={at} of={pages.length} talk={talk} next={next} />
      </Page>
    );
  }
  return (
    <Page key="start" title={say('together.title', { event: isOfMoving(bundle?.id ?? '') ? say('together.moving') : name })} back="/">
      <Start event={event} talk={talk} pages={pages.length} />
    </Page>
  );
}
