import { writeFileSync } from 'node:fs';
import { texts as easy } from '../text/all/easy.ts';
import { texts as ja } from '../text/all/ja.ts';

/** Writes the Japanese texts where `python -m infra.words` finds them. */
const into = process.argv[2];
if (into === undefined) throw new Error('where to?');
writeFileSync(into, JSON.stringify({ easy, ja }));
