/** Trusted Types on officials' pages: htmx writes the server's own parts into the page; what could run is let in by none. */

type Rules = { createHTML?: (text: string) => string; createScriptURL?: (url: string) => string };
type Policy = { createHTML(text: string): string };
type Factory = { createPolicy(name: string, rules: Rules): Policy };

const RUNS = 'script, iframe, object, embed, base, meta, link, svg script, [srcdoc]';

/** Whatever of a part could run, or null when there is nothing: elements, `on…` attributes, `javascript:` addresses. */
export function whatRuns(part: Document): string | null {
  const element = part.querySelector(RUNS);
  if (element) return element.tagName;
  for (const each of part.querySelectorAll('*')) {
    for (const { name, value } of each.attributes) {
      if (/^on/i.test(name) || /^\s*(?:javascript|data):/i.test(value.replace(/[\t\n\r]/g, ''))) return name;
    }
  }
  return null;
}

/** A part with anything in it that could run is refused whole. A browser without Trusted Types has the nonce alone. */
export function trustOnlyLooks(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Factory };
  if (!trustedTypes) return;
  const inspected = trustedTypes.createPolicy('kurashimado-looks', { createHTML: (text) => text });
  trustedTypes.createPolicy('default', {
    createHTML(text) {
      const found = whatRuns(new DOMParser().parseFromString(inspected.createHTML(text), 'text/html'));
      if (found) throw new TypeError(`a part of a page that could run: ${found}`);
      return text;
    },
  });
}
