import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Which texts a part of the app may ask for, read from its sources. A key reaches `say` only as a literal or as a template
 * of literals (its type allows nothing else), so who has looked through the files of a part has seen all of its keys.
 */

type Source = { imports: string[]; later: Later[]; literals: Set<string>; fixed: string[]; patterns: RegExp[] };
/** A file fetched beside the first screen. `byLater`: by `later()`, which learns every text before it shows the room. */
export type Later = { file: string; byLater: boolean };

const read = new Map<string, Source>();

/** These files and all they import, but not what they fetch later. */
export function together(entries: readonly string[]): Set<string> {
  const found = new Set<string>();
  const next = entries.map((entry) => resolve(entry));
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    next.push(...source(file).imports);
  }
  return found;
}

/** Those of `keys` that occur in `files`, whole or as what a template may become. */
export function keysIn(files: Iterable<string>, keys: readonly string[]): Set<string> {
  const sources = [...files].map(source);
  return new Set(keys.filter((key) => sources.some(({ literals, patterns }) =>
    literals.has(key) || patterns.some((pattern) => pattern.test(key)))));
}

/** Every word of every literal in `files`: whatever class they give an element is among them. */
export function wordsIn(files: Iterable<string>): Set<string> {
  const words = [...files].flatMap((file) => [...source(file).literals, ...source(file).fixed]);
  return new Set(words.flatMap((text) => text.split(/\s+/)));
}

/** What these files fetch when it is wanted. */
export const fetchedLater = (files: Iterable<string>): Later[] => [...files].flatMap((file) => source(file).later);

function source(file: string): Source {
  let known = read.get(file);
  if (!known) read.set(file, (known = parse(file)));
  return known;
}

/** Forgets what was read, for a build that looks again. */
export const forgetSources = (): void => read.clear();

function parse(file: string): Source {
  const found: Source = { imports: [], later: [], literals: new Set(), fixed: [], patterns: [] };
  const beside = (path: string) => resolve(dirname(file), path);
  const isOurs = (node: ts.Expression | undefined): node is ts.StringLiteral =>
    node !== undefined && ts.isStringLiteral(node) && /^\..*\.tsx?$/.test(node.text);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (isOurs(node.moduleSpecifier) && !isOfTypes(node)) found.imports.push(beside(node.moduleSpecifier.text));
      return;
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && isOurs(node.arguments[0])) {
      found.later.push({ file: beside(node.arguments[0].text), byLater: isWithinLater(node) });
    }
    if (ts.isStringLiteralLike(node)) found.literals.add(node.text);
    if (ts.isTemplateExpression(node)) {
      found.fixed.push(...fixedOf(node));
      found.patterns.push(...patternOf(node));
    }
    ts.forEachChild(node, visit);
  };
  const text = readFileSync(file, 'utf8');
  ts.forEachChild(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), visit);
  return found;
}

const isOfTypes = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean =>
  (ts.isImportDeclaration(node) ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword : node.isTypeOnly);

function isWithinLater(node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isCallExpression(at) && ts.isIdentifier(at.expression) && at.expression.text === 'later') return true;
  }
  return false;
}

/** `nav.${name}` may become every key that begins with `nav.`; a template of nothing fixed makes no key of its own. */
function patternOf(template: ts.TemplateExpression): RegExp[] {
  const fixed = fixedOf(template);
  if (fixed.every((one) => one === '')) return [];
  return [new RegExp(`^${fixed.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 's')];
}

const fixedOf = ({ head, templateSpans }: ts.TemplateExpression): string[] =>
  [head.text, ...templateSpans.map(({ literal }) => literal.text)];
