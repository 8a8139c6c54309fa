import canonicalize from 'canonicalize';
import type { Paper } from '../device/papers.ts';
import type { Answers, Form } from './shapes.ts';

/** What is signed: the same bytes as `bff/applications/canonical.py` makes (RFC 8785), so that both tell the same of it. */

export type Sent = {
  form: Pick<Form, 'procedure' | 'version' | 'subject'>;
  ward: string;
  answers: Answers;
  /** With its offset from UTC; written down in UTC, to the second. */
  completedAt: string;
  /** Photographs, in the order in which they are sent; absent or empty: they have no place in it. */
  papers?: readonly Pick<Paper, 'paper' | 'digest'>[];
};

export function canonical({ form, ward, answers, completedAt, papers = [] }: Sent): string {
  const { procedure, version, subject } = form;
  const moment = `${new Date(completedAt).toISOString().slice(0, 19)}Z`;
  const attachments = papers.map(({ paper, digest }) => ({ paper, digest: digest ?? '' }));
  return canonicalize({
    procedure, version, subject, ward, answers, completedAt: moment, ...(attachments.length > 0 && { attachments }),
  }) ?? '';
}

/** SHA-256 of those bytes, in hex. */
export const digestOf = (sent: Sent): Promise<string> => hexOf(canonical(sent));

/** What is signed once for several: `bff/signing/folder.py` makes the same. `digests`: of each application, in order. */
export type SentTogether = { id: string; ward: string; completedAt: string; digests: readonly string[] };

export const folderOf = ({ id, ward, completedAt, digests }: SentTogether): string =>
  canonicalize({
    format: 'kurashimado-folder/1', id, ward, completedAt: `${new Date(completedAt).toISOString().slice(0, 19)}Z`, applications: [...digests],
  }) ?? '';

export const folderDigest = (sent: SentTogether): Promise<string> => hexOf(folderOf(sent));

async function hexOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
