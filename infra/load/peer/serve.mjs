// The usual aggregated home on Node: fastify, mercurius with its compiled queries, and pg. It is told a JSON file:
// {port, schema, documents, database}. The session, the consents and the kept facts are read from PostgreSQL at every
// request, the facts are opened, and GraphQL shows them through the same schema and the same trusted document.
import { createDecipheriv, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import pg from 'pg';

const told = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const documents = JSON.parse(readFileSync(told.documents, 'utf8'));
const database = new pg.Pool({ connectionString: told.database, max: 10 });
const key = Buffer.from(told.key, 'base64');

const SESSION = `SELECT s.resident, r.name FROM peer.sessions s JOIN peer.residents r USING (resident)
  WHERE s.token = $1 AND s.ends_at > now()`;
const CONSENTS = 'SELECT source FROM peer.consents WHERE resident = $1 AND given';
const FACTS = 'SELECT source, value FROM peer.kept_facts WHERE resident = $1 AND expires_at > now()';

const ask = async (name, text, ...values) => (await database.query({ name, text, values })).rows;

async function who(request) {
  const token = /(?:^|; )__Host-session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const [session] = await ask('session', SESSION, createHash('sha256').update(token).digest());
  return session ?? null;
}

function opened(sealed) {
  const open = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  open.setAuthTag(sealed.subarray(-16));
  return JSON.parse(Buffer.concat([open.update(sealed.subarray(12, -16)), open.final()]).toString());
}

async function home({ resident }) {
  const [consents, facts] = await Promise.all([ask('consents', CONSENTS, resident), ask('facts', FACTS, resident)]);
  const given = new Set(consents.map(({ source }) => source));
  const parts = facts.filter(({ source }) => given.has(source)).map(({ value }) => opened(value));
  return {
    ...Object.assign({}, ...parts.map(({ own }) => own)),
    bundles: parts.flatMap(({ bundles }) => bundles).sort((one, other) => one.at - other.at),
  };
}

const resolvers = {
  Query: {
    viewer: async (_root, _given, { session }) => session && { id: session.resident, name: session.name },
  },
  Viewer: { home: (_viewer, _given, { session }) => home(session) },
};

const app = Fastify();
await app.register(mercurius, {
  schema: readFileSync(told.schema, 'utf8'),
  resolvers,
  jit: 1,
  context: async (request) => ({ session: await who(request) }),
  persistedQueryProvider: {
    isPersistedQuery: ({ id }) => id !== undefined,
    getHash: ({ id }) => id,
    getQueryFromHash: async (id) => documents[id],
    getHashForQuery: (text) => createHash('sha256').update(text).digest('hex'),
    saveQuery: async () => undefined,
    notFoundError: 'not a document of this app',
    notSupportedError: 'only the documents of this app',
  },
});
await app.listen({ port: told.port, host: '127.0.0.1' });
