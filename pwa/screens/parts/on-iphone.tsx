import { iosVersion, mayPush } from '../../device/ios.ts';
import { useSpeech } from '../device-state.tsx';

/** Beside each step what she looks for on her screen; line drawings in the text's own colour. */
const DRAWN = [
  'M12 4h72v56H12zM12 46h72M40 50v7h16v-7M48 54V40M43 44l5-5 5 5',
  'M12 4h72v56H12zM12 18h72M12 32h72M12 46h72M20 11h40M20 25h32M20 53h36M66 35h8v8h-8zM70 37v4M68 39h4M20 39h36',
  'M12 4h72v56H12zM20 11h12v12H20zM42 11h12v12H42zM64 11h12v12H64zM20 31h12v12H20zM38 28h20v20H38zM44 34h8v8h-8zM48 34v8M44 38h8M64 31h12v12H64z',
  'M12 4h72v56H12zM40 36v-9a8 8 0 0 1 16 0v9l3 4H37zM45 44h6M64 48l4 4 8-9',
] as const;

/** iOS and iPadOS give notifications to apps on the home screen alone, from 16.4 on: the way there, step by step. */
export function OnIphone() {
  const { say } = useSpeech();
  const version = iosVersion(navigator.userAgent);
  return (
    <section class="box on-iphone" aria-labelledby="on-iphone" data-testid="on-iphone">
      <h3 id="on-iphone">{say('push.ios.title')}</h3>
      <p>{say('push.ios.lead')}</p>
      {version !== null && !mayPush(version) && <p><strong>{say('push.ios.old', { version: version.join('.') })}</strong></p>}
      <ol>
        {DRAWN.map((path, at) => (
          <li key={path}>
            <svg viewBox="0 0 96 64" aria-hidden="true" focusable="false"><path d={path} /></svg>
            <span>{say(`push.ios.${(at + 1) as 1 | 2 | 3 | 4}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
