// A certified provider (npm oidc-provider) on PORT, with one client, whose keys and our own change by POST /_keys.
import { createServer } from 'node:http';
import { generateKeyPair, exportJWK } from 'jose';
import { Provider } from 'oidc-provider';

const port = Number(process.env.PORT);
const issuer = `http://localhost:${port}`;
const names = { hana: '佐藤 はな', ken: '鈴木 健' };
let clientKeys = JSON.parse(process.env.CLIENT_JWKS);
let keys = [await newKey()];

async function newKey() {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: `k${Date.now()}` };
}

/** The same store of codes and sessions, whatever the keys. */
const shelf = new Map();
class Shelf {
  constructor(kind) { this.kind = kind; }
  async upsert(id, what) { shelf.set(`${this.kind} ${id}`, what); }
  async find(id) { return shelf.get(`${this.kind} ${id}`); }
  async findByUid(uid) { return [...shelf.values()].find((what) => what.kind === this.kind && what.uid === uid); }
  async findByUserCode() { return undefined; }
  async consume(id) { shelf.get(`${this.kind} ${id}`).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { shelf.delete(`${this.kind} ${id}`); }
  async revokeByGrantId(grantId) {
    for (const [key, what] of shelf) if (what.grantId === grantId) shelf.delete(key);
  }
}

function made() {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: process.env.CLIENT_ID, redirect_uris: [process.env.REDIRECT_URI], response_types: ['code'],
      token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256',
      id_token_signed_response_alg: 'ES256', jwks: clientKeys,
    }],
    adapter: Shelf,
    jwks: { keys },
    cookies: { keys: ['of tests alone'] },
    claims: { openid: ['sub'], profile: ['name'] },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: names[id] }) }),
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 300, Session: 300 },
  });
  return provider.callback();
}

let handle = made();

createServer(async (request, response) => {
  if (request.url !== '/_keys') return handle(request, response);
  let body = '';
  for await (const piece of request) body += piece;
  const told = JSON.parse(body);
  if (told.client) clientKeys = told.client;
  if (told.rotate) keys = [await newKey(), ...keys];
  handle = made();
  response.end(JSON.stringify({ kids: keys.map(({ kid }) => kid) }));
}).listen(port, 'localhost');
