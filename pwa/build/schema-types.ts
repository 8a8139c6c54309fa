import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes data/schema-types.d.ts from the schema, and only when it says something new: make goes by the file's age. */

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const kept = here('../data/schema-types.d.ts');

const folder = mkdtempSync(join(tmpdir(), 'km-types-'));
try {
  const fresh = join(folder, 'schema-types.d.ts');
  const command = [here('../node_modules/gql.tada/bin/cli.js'), 'generate-output', '--disable-preprocessing', '-o', fresh];
  execFileSync(process.execPath, command, { cwd: here('..'), stdio: ['ignore', 'ignore', 'inherit'] });
  const types = readFileSync(fresh, 'utf8');
  if (!existsSync(kept) || readFileSync(kept, 'utf8') !== types) writeFileSync(kept, types);
} finally {
  rmSync(folder, { recursive: true });
}
