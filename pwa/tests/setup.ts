/** Node keeps a process alive for an open BroadcastChannel; a page does not, and neither shall a test. */
const Channel = globalThis.BroadcastChannel;
globalThis.BroadcastChannel = class extends Channel {
  constructor(name: string) {
    super(name);
    (this as unknown as { unref(): void }).unref();
  }
} as typeof BroadcastChannel;
