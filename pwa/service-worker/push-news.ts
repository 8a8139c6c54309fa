export type PushNews = {
  notice: string | null;
  /** Which text of the notice: a corrected one is shown anew. */
  revision: number;
  sender: string | null;
  navigate: string;
  /** A push she asked for, to see whether it arrives. */
  trial: string | null;
  /** Her one summary a day; which notices it is of. */
  digest: string | null;
  body: string | null;
  /** How many lie unread, as the sender counted; null: not said. */
  unread: number | null;
};

/** The payload as far as it can be understood: our own JSON, or declarative Web Push around it. */
export function understand(text: string): PushNews {
  const news = parsed(text);
  const notification = record(news.notification);
  const data = record(notification.data);
  const trial = string(news.trial) ?? string(data.trial);
  const digest = string(news.digest) ?? string(data.digest);
  const notice = trial === null && digest === null ? string(news.notice) ?? string(data.notice) ?? string(notification.tag) : null;
  const path = string(news.navigate) ?? string(notification.navigate);
  return {
    notice,
    revision: typeof news.revision === 'number' ? news.revision : 1,
    sender: string(news.sender) ?? string(data.sender) ?? (trial === null && digest === null ? null : string(notification.title)),
    navigate: path ?? (notice === null ? '/inbox' : `/inbox/${encodeURIComponent(notice)}`),
    trial,
    digest,
    body: digest === null ? null : string(news.body) ?? string(notification.body),
    unread: typeof news.app_badge === 'number' ? news.app_badge : null,
  };
}

type Declared = { title: string; body?: string; tag: string; navigate?: string; data: unknown };

/** What was pushed, as text; null: nothing at all, which only an emergency's first push carries. Safari hands over a
 * declared notification that it is about to show instead of the text. */
export function textOf(event: { data: { text(): string } | null; notification?: Declared | null }): string | null {
  const text = event.data?.text();
  if (text) return text;
  if (!event.notification) return null;
  const { title, body, tag, navigate, data } = event.notification;
  return JSON.stringify({ notification: { title, body, tag, navigate, data } });
}

function parsed(text: string): Record<string, unknown> {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const string = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Path and query of an address of this origin, else the inbox. */
export function ownPath(navigate: unknown, origin: string): string {
  if (typeof navigate !== 'string') return '/inbox';
  try {
    const url = new URL(navigate, origin);
    return url.origin === origin ? url.pathname + url.search : '/inbox';
  } catch {
    return '/inbox';
  }
}
