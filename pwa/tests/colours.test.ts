import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** The colours as the stylesheets have them, counted by the formula of WCAG 2.2 (relative luminance). */
const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const TOKENS = read('../node_modules/@digital-go-jp/design-tokens/dist/tokens.css');
const OURS = read('../design/colours.css');
type Names = Record<string, string>;
type RGB = readonly [number, number, number];

const namesIn = (css: string): Names => Object.fromEntries([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
const [plain = '', more = '', chosen = ''] = [/^:root \{([^}]*)\}/m, /prefers-contrast: more\) \{\s*:root \{([^}]*)\}/, /data-theme='contrast'\] \{([^}]*)\}/]
  .map((rule) => rule.exec(OURS)?.[1]);

/** A function's arguments, at the commas that stand in no bracket. */
function parts(list: string): string[] {
  let depth = 0;
  return [...list].reduce<string[]>((found, sign) => {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (sign === ',' && depth === 0) return [...found, ''];
    return [...found.slice(0, -1), (found.at(-1) ?? '') + sign];
  }, ['']).map((part) => part.trim());
}

function colour(value: string, names: Names, dark: boolean): RGB {
  const [, call = '', inner = ''] = /^([a-z-]+)\((.*)\)$/s.exec(value.trim()) ?? [];
  const [first = '', second = '', third = ''] = parts(inner);
  if (call === 'var') return colour(names[first] ?? assert.fail(`${first} is not there`), names, dark);
  if (call === 'light-dark') return colour(dark ? second : first, names, dark);
  if (call === 'color-mix') {
    const [, of = '', share = ''] = /^(.*) (\d+)%$/.exec(second) ?? [];
    const [one, other, part] = [colour(of, names, dark), colour(third, names, dark), Number(share) / 100];
    return [0, 1, 2].map((at) => one[at]! * part + other[at]! * (1 - part)) as unknown as RGB;
  }
  const hex = /^#([0-9a-f]{6})$/i.exec(value.trim())?.[1] ?? assert.fail(`${value} is no colour`);
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as RGB;
}

function luminance(rgb: RGB): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: RGB, other: RGB): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** [what is read, on what]; each word that stands on each ground. */
const INKS = ['--ink', '--soft-ink', '--link', '--key', '--danger', '--warn', '--good'];
const WORDS: readonly (readonly [string, string])[] = [
  ...INKS.flatMap((ink) => ['--ground', '--raised', '--sunken'].map((ground) => [ink, ground] as const)),
  ...['--ink', '--soft-ink', '--link'].flatMap((ink) => ['--key-wash', '--danger-wash', '--warn-wash', '--good-wash'].map((wash) => [ink, wash] as const)),
  ['--key', '--key-wash'], ['--danger', '--danger-wash'], ['--warn', '--warn-wash'], ['--good', '--good-wash'], ['--visited', '--ground'],
  ['--on-key', '--key'], ['--on-key', '--key-hover'], ['--on-key', '--key-active'], ['--ground', '--danger'], ['--on-acting', '--acting'],
];
/** Edges and marks that must be seen to know what can be touched, or where the focus is. */
const EDGES: readonly (readonly [string, string])[] = [
  ['--line', '--ground'], ['--line', '--raised'], ['--line', '--sunken'], ['--key', '--ground'], ['--focus-line', '--ground'], ['--focus-line', '--key-wash'],
];
const THEMES = [
  { theme: 'as it is', css: plain, words: 4.5, edges: 3 },
  { theme: 'when more contrast is asked for', css: plain + more, words: 7, edges: 4.5 },
  { theme: 'high contrast as she chose', css: plain + chosen, words: 7, edges: 4.5 },
];

for (const { theme, css, words, edges } of THEMES) {
  for (const dark of [false, true]) {
    test(`every word and every edge stands out, ${theme}, ${dark ? 'dark' : 'light'}`, () => {
      const names = { ...namesIn(TOKENS), ...namesIn(css) };
      const weak = [...WORDS.map((pair) => [pair, words] as const), ...EDGES.map((pair) => [pair, edges] as const)]
        .map(([[one, on], least]) => ({ one, on, least, is: contrast(colour(`var(${one})`, names, dark), colour(`var(${on})`, names, dark)) }))
        .filter(({ is, least }) => is < least)
        .map(({ one, on, is, least }) => `${one} on ${on}: ${is.toFixed(2)} of ${least}`);
      assert.deepEqual(weak, []);
    });
  }
}

test('what she chooses and what her phone asks for are the same high contrast', () => {
  assert.deepEqual(namesIn(chosen), namesIn(more));
});

test('colours come from the agency alone', () => {
  assert.deepEqual(OURS.match(/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/gi) ?? [], []);
});
