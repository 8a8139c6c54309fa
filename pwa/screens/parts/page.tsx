import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { plain } from '../../text/readings.ts';
import { useSpeech } from '../device-state.tsx';
import { Coming } from './states.tsx';

type PageProps = { title: string; back?: string; lead?: ComponentChildren; children: ComponentChildren };

/** A screen: its heading takes the focus when it opens, so that a screen reader tells where she is. */
export function Page({ title, back, lead, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { say } = useSpeech();
  useEffect(() => {
    if (hasMoved) heading.current?.focus({ preventScroll: true });
    hasMoved = true;
  }, []);
  useLayoutEffect(() => scrollTo(0, 0), []);
  useEffect(() => {
    document.title = `${plain(title)}｜${say('appName')}`;
  }, [title, say('appName')]);
  return (
    <>
      {back !== undefined && <a class="back" href={back}>{say('back')}</a>}
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {lead}
      {children}
    </>
  );
}

/** The very first screen leaves the focus where the browser put it. */
let hasMoved = false;

/** While something is asked that this device does not hold. */
export function Loading() {
  const { say } = useSpeech();
  return <Page title={say('loading')}><Coming /></Page>;
}
