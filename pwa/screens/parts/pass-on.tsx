import { useState } from 'preact/hooks';
import type { Key } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';

/** Hands something public on: by the phone's own sheet where there is one, else the address is copied. */
export function PassOn({ title, path }: { title: string; path: string }) {
  const { say } = useSpeech();
  const [told, tell] = useState<Key | null>(null);
  const address = new URL(path, location.origin).href;
  const share = async () => {
    if ('share' in navigator) {
      const end = await navigator.share({ title, url: address }).then(() => 'done', (cause: unknown) => (cause instanceof Error ? cause.name : ''));
      if (end === 'done' || end === 'AbortError') return tell(null);
    }
    await navigator.clipboard.writeText(address).then(() => tell('passOn.copied'), () => tell('passOn.failed'));
  };
  return (
    <>
      <button type="button" class="button" data-kind="outline" onClick={() => void share()}>{say('passOn.share')}</button>
      <p role="status">{told && say(told, { address })}</p>
    </>
  );
}

/** A file by the phone's own sheet; nothing where the phone cannot, for saving it stands beside. */
export function PassOnFile({ file, title }: { file: File; title: string }) {
  const { say } = useSpeech();
  if (!navigator.canShare?.({ files: [file] })) return null;
  const share = () => void navigator.share({ title, files: [file] }).catch(() => undefined); // she closed the sheet
  return <button type="button" class="button" data-kind="outline" onClick={share}>{say('passOn.share')}</button>;
}
