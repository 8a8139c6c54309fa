import { createElement, Fragment, options, type ComponentChild, type VNode } from 'preact';
import { BREAK_HERE, isMarked, pieces, plain } from '../text/readings.ts';

/**
 * Shows readings above kanji, lets lines break between phrases, and says in which language what is not told in hers is
 * written, wherever a marked text reaches an element: no screen
 * knows of it. What is no place for a small line above (an attribute, an option, a title) gets the text as it is written.
 */
const PLAIN_ONLY = new Set(['option', 'title', 'textarea']);
/** An inline element no style sheet knows of, so that a text stays one item of a row however many pieces it has. */
const ONE = 'one-text';
let watches = false;
let langOfBorrowed = 'en';

/** `lang`: of what is not told in her language. */
export function showMarks(lang: string): void {
  langOfBorrowed = lang;
  if (watches) return;
  watches = true;
  const before = options.vnode;
  options.vnode = (vnode) => {
    if (typeof vnode.type === 'string' || vnode.type === Fragment) dress(vnode as VNode<Record<string, unknown>>);
    before?.(vnode);
  };
}

function dress(vnode: VNode<Record<string, unknown>>): void {
  const { props } = vnode;
  for (const [name, value] of Object.entries(props)) {
    if (name === 'children') props.children = dressed(value as ComponentChild | ComponentChild[], PLAIN_ONLY.has(vnode.type as string));
    else if (typeof value === 'string' && isMarked(value)) props[name] = plain(value);
  }
}

function dressed(children: ComponentChild | ComponentChild[], asPlain: boolean): ComponentChild | ComponentChild[] {
  if (Array.isArray(children)) return children.some((one) => Array.isArray(one) || isText(one)) ? children.map((one) => dressed(one, asPlain) as ComponentChild) : children;
  if (!isText(children)) return children;
  return asPlain ? plain(children) : createElement(ONE, null, ...pieces(children).map(shown));
}

const isText = (child: unknown): child is string => typeof child === 'string' && isMarked(child);

/** A screen reader is told the kanji once and reads them itself. */
function shown(piece: ReturnType<typeof pieces>[number]): ComponentChild {
  if (typeof piece === 'string') return piece;
  if (piece === BREAK_HERE) return createElement('wbr', null);
  if ('borrowed' in piece) return createElement('span', { lang: langOfBorrowed }, piece.borrowed);
  if (!('kanji' in piece)) return null;
  return createElement('ruby', null, piece.kanji, createElement('rt', { 'aria-hidden': 'true' }, piece.reading));
}
