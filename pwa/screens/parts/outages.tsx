import { outagesOf, type Outage } from '../../data/outages.ts';
import type { Source } from '../../data/shapes.ts';
import { dayAndTime, moment } from '../../text/dates.ts';
import { useSpeech, type Speech } from '../device-state.tsx';

/** Which sources are closed for planned work now, or soon will be, until when, and how old what is shown is. */
export function Outages({ sources, isOn }: { sources: readonly Source[]; isOn: boolean }) {
  const { say, pick, language } = useSpeech();
  return (
    <>
      {outagesOf(sources).filter((outage) => outage.isOn === isOn).map((outage) => (
        <section key={outage.id} class="box" data-kind="outage" role="status" data-testid={`outage-${outage.id}`}>
          <p><strong>{pick(outage.name)}</strong> {inWords(outage, say, language)}</p>
          <p>{pick(outage.text)}</p>
          {outage.isOn && outage.asOf !== null && <p class="note">{say('outage.shown', { time: moment(outage.asOf, language) })}</p>}
        </section>
      ))}
    </>
  );
}

export const inWords = ({ begins, ends, isOn }: Outage, say: Speech['say'], language: Speech['language']): string =>
  say(isOn ? 'outage.on' : 'outage.soon', { begins: dayAndTime(begins, language), ends: dayAndTime(ends, language) });
