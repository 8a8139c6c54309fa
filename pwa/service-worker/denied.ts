/** Addresses that are the server's own and never the app's shell. Matched against path and query, as Workbox does. */
export const SERVERS_OWN = /^\/(graphql|login|staff|healthz|readyz|metrics|push|\.well-known|assets|icons|open|ledger|issued|uploads|mail|effect|pay|calendar|calendar-item|reach|senders|cards|accessibility|robots\.txt|sitemap\.xml)(\/|\?|$)/;
/** Those of them that the app links to for reading; with no network what works without one is told instead. */
export const OF_WORDS = /^\/(accessibility|effect|open)(\/|$)/;
