import type { Consent } from '../../data/shapes.ts';
import { comma } from '../../text/lists.ts';
import { useSpeech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';

/** What for, on which basis, how long it is kept, and what happens without. */
export function Details({ consent }: { consent: Consent }) {
  const { say, pick, language } = useSpeech();
  const kept = consent.keptDays === null ? say('consents.keptNot') : say('consents.keptDays', { n: consent.keptDays });
  return (
    <details class="more">
      <summary aria-label={say('consents.about', { name: pick(consent.name), act: say('consents.more') })}>{say('consents.more')}</summary>
      <dl class="facts told-lines">
        <Line term={say('consents.tells')}>{pick(consent.tells)}</Line>
        <Line term={say('consents.purpose')}>{pick(consent.purpose)}</Line>
        {consent.sends.length > 0 && (
          <Line term={say('consents.sends')}>{consent.sends.map(pick).join(comma(language))}</Line>
        )}
        <Line term={say('consents.basis')}>{pick(consent.basis)}</Line>
        {consent.law !== null && (
          <Line term={say('consents.law')}>{consent.law}{consent.confidence === 'C' && say('consents.unsure')}</Line>
        )}
        <Line term={say('consents.kept')}>{kept}</Line>
        <Line term={say('consents.without')}>{pick(consent.without)}</Line>
      </dl>
    </details>
  );
}
