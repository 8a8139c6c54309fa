import { useEffect } from 'preact/hooks';
import { quietly, refreshReadings } from '../data/refresh.ts';
import { dayAndTime } from '../text/dates.ts';
import { useDevice, useSpeech } from './device-state.tsx';
import { Age } from './parts/age.tsx';
import { Page } from './parts/page.tsx';
import { Line } from './parts/line.tsx';

/** Who looked at her data or told us about her, when, and on what ground; refused ones too. */
export function ReadingsScreen() {
  const { readings } = useDevice().snapshot;
  const { say, pick, language } = useSpeech();
  useEffect(() => quietly(refreshReadings()), []);
  const list = readings?.value ?? [];
  return (
    <Page title={say('readings.title')} back="/settings" lead={<Age kept={readings} />}>
      <p>{say('readings.lead')}</p>
      <p class="lone-link"><a href="/records">{say('records.link')}</a></p>
      {list.length === 0 && <p>{say('readings.empty')}</p>}
      <ul class="cards">
        {list.map((reading) => (
          <li class="step-card" key={reading.id}>
            <h2 class="small">{pick(reading.sourceName)}</h2>
            <p class="note">{dayAndTime(reading.at, language)}</p>
            {reading.incoming && <p class="note" data-testid="incoming">{say('readings.incoming')}</p>}
            <dl class="facts told-lines">
              {reading.operatorName && <Line term={say('readings.operator')}>{pick(reading.operatorName)}</Line>}
              <Line term={say('readings.purpose')}>{pick(reading.purpose)}</Line>
              <Line term={say('readings.outcome')}>{pick(reading.outcome)}</Line>
            </dl>
            <details class="more">
              <summary>{say('readings.basis')}</summary>
              <dl class="facts told-lines">
                <Line term={say(reading.incoming ? 'readings.basis' : 'records.basis')}>{pick(reading.basis)}</Line>
                {reading.law !== null && <Line term={say('readings.law')}>{reading.law}</Line>}
              </dl>
            </details>
          </li>
        ))}
      </ul>
    </Page>
  );
}
