import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../data/ask.ts';
import { JoinPupil } from '../../data/documents.ts';
import { had, type Asked } from '../../data/family.ts';
import { takeCode } from '../../data/held-code.ts';
import { refreshSchools } from '../../data/school.ts';
import type { Pupil } from '../../data/shapes.ts';
import { useLine, useSpeech } from '../device-state.tsx';
import { Trouble } from '../family/asking.tsx';
import { Page } from '../parts/page.tsx';

/** By the square on the school's letter: whose guardian she is, once. */
export function JoinPupilScreen() {
  const { say } = useSpeech();
  const { reached } = useLine();
  const [code, setCode] = useState(takeCode);
  const [joined, show] = useState<Pupil | null>(null);
  const [trouble, setTrouble] = useState<Asked<unknown>['trouble']>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => { // a letter scanned while this page lies open
    const scanned = () => setCode((before) => takeCode() || before);
    addEventListener('hashchange', scanned);
    return () => removeEventListener('hashchange', scanned);
  }, []);
  const join = async (event: Event) => {
    event.preventDefault();
    setBusy(true); // pressed twice, the second would be told that the code is spent
    setTrouble(null);
    const { value, trouble: why } = await had(async () => (await ask(JoinPupil, { code: code.trim() })).joinPupil, 'Pupil').finally(() => setBusy(false));
    setTrouble(why);
    if (!value) return;
    show(value);
    await refreshSchools().catch(() => undefined);
  };
  return (
    <Page title={say('school.join')} back="/school">
      {joined
        ? <p role="status" data-testid="joined">{say(joined.mayAnswer ? 'school.joined' : 'school.joinedHelper', { name: joined.name, school: joined.school })}</p>
        : (
          <form noValidate onSubmit={(event) => void join(event)}>
            <div class="field">
              <label for="pupil-code">{say('school.code')}</label>
              <p class="note" id="pupil-code-help">{say('school.codeHelp')}</p>
              <input
                id="pupil-code" type="text" autoComplete="off" autoCapitalize="none" spellcheck={false} value={code}
                aria-describedby="pupil-code-help" onInput={(event) => setCode(event.currentTarget.value)}
              />
            </div>
            <button class="button" disabled={busy || !reached || code.trim() === ''}>{say('school.joinYes')}</button>
          </form>
        )}
      {joined && <p class="lone-link"><a href="/school">{say('school.title')}</a></p>}
      <Trouble trouble={trouble} to="/school/join" />
    </Page>
  );
}
