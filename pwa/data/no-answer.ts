/** unreachable: no network or no answer in time. busy: come back later. fault: an answer that says nothing. outdated: the
 * house is of another release and does not know what this app asks. */
export type Silence = 'unreachable' | 'busy' | 'fault' | 'outdated';

export class NoAnswer extends Error {
  readonly silence: Silence;
  /** Milliseconds the server asked us to wait; null: it did not say. */
  readonly retryAfter: number | null;
  constructor(silence: Silence, retryAfter: number | null = null) {
    super(silence);
    this.silence = silence;
    this.retryAfter = retryAfter;
  }
}
