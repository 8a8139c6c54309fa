/** Addresses that are the server's own and never the app's shell. Matched against path and query, as Workbox does. */
export const SERVERS_OWN = /^\/(graphql|login|staff|healthz|readyz|metrics|push|\.well-known|assets|icons|open|ledger|issued|uploads|effect|pay|calendar|calendar-item)(\/|\?|$)/;
