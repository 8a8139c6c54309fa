import { ask } from '../../data/ask.ts';
import { ShowCopy } from '../../data/documents.ts';
import { had } from '../../data/family.ts';
import { longDay } from '../../text/dates.ts';
import { useSpeech } from '../device-state.tsx';
import { Trouble, useAsked } from '../family/asking.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Line } from '../parts/line.tsx';
import { Page } from '../parts/page.tsx';
import { useCode } from '../parts/use-code.ts';

/** For whoever was handed a copy: what the ward sealed, to compare with the paper. No login. */
export function CopyScreen() {
  const code = useCode();
  return <Sealed key={code} code={code} />;
}

function Sealed({ code }: { code: string }) {
  const { say, pick, language } = useSpeech();
  const { value, trouble, again } = useAsked(() => had(async () => (await ask(ShowCopy, { code })).copy, 'Copy'), code);
  if (!value) {
    return (
      <Page title={say(trouble ? 'copy.gone' : 'loading')}>
        <Trouble trouble={trouble} again={again} to="/copy" />
      </Page>
    );
  }
  const holds = value.verdict === 'VALID';
  return (
    <Page title={say('copy.title')}>
      <LanguageChoice />
      <p class={holds ? 'banner' : 'alert'} data-kind="success" data-testid="copy-verdict" data-verdict={value.verdict} role="status"><strong>{pick(value.verdictText)}</strong></p>
      {value.isOver && <p class="error" role="alert">{say('issued.over')}</p>}
      <p>{say('copy.compare')}</p>
      <h2>{value.title}</h2>
      <dl class="facts">
        <Line term={say('issued.to')}>{value.to}</Line>
        {value.entries.map((entry) => <Line key={entry.label} term={entry.label}>{entry.value}</Line>)}
        <Line term={say('issued.ward')}>{pick(value.ward)}</Line>
        <Line term={say('issued.number')}>{value.number}</Line>
        <Line term={say('issued.on')}>{longDay(value.issuedOn, language)}</Line>
        <Line term={say('issued.until')}>{value.validUntil === null ? say('issued.noEnd') : longDay(value.validUntil, language)}</Line>
      </dl>
      <p class="digest">{say('copy.digest')} {value.digest}</p>
      <p class="note">{say('copy.seen')}</p>
    </Page>
  );
}
