export type PushNews = { notice: string | null; sender: string | null; navigate: string };

/** The payload as far as it can be understood: our own JSON, or declarative Web Push around it. */
export function understand(text: string): PushNews {
  const news = parsed(text);
  const notification = record(news.notification);
  const data = record(notification.data);
  const notice = string(news.notice) ?? string(data.notice) ?? string(notification.tag);
  const path = string(news.navigate) ?? string(notification.navigate);
  return {
    notice,
    sender: string(news.sender) ?? string(data.sender),
    navigate: path ?? (notice === null ? '/inbox' : `/inbox/${encodeURIComponent(notice)}`),
  };
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
