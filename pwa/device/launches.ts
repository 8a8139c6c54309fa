/** Files the phone opens with this app (File Handling): a receipt is tried, a PDF waits as if it had been shared. */

type Launch = { files?: readonly { getFile(): Promise<File> }[] };
type Queue = { setConsumer(take: (launch: Launch) => void): void };

let opened: File | null = null;

/** The receipt that was opened, once. */
export function takeOpened(): File | null {
  const file = opened;
  opened = null;
  return file;
}

export function takeLaunches(go: (path: string) => void): void {
  (globalThis as { launchQueue?: Queue }).launchQueue?.setConsumer(({ files = [] }) => {
    void Promise.all(files.map((one) => one.getFile())).then(async (all) => {
      const [receipt] = all.filter(({ name }) => name.toLowerCase().endsWith('.zip'));
      const rest = all.filter((file) => file !== receipt);
      if (rest.length > 0) await (await import('./shared.ts')).receive(rest, '');
      if (receipt) opened = receipt;
      if (all.length > 0) go(receipt ? '/verify' : '/shared');
    }).catch(reportError);
  });
}
