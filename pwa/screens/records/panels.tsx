import { useEffect, useRef } from 'preact/hooks';
import { sentTo } from '../../data/records.ts';
import type { BodyRecord, Text } from '../../data/shapes.ts';
import { comma } from '../../text/lists.ts';
import { isJapanese } from '../../text/languages.ts';
import { useSpeech, type Speech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';

type AskProps = { records: readonly BodyRecord[]; agree: () => void; close: () => void };

/** What is sent to whom and on which law, before she says yes. */
export function AskPanel({ records, agree, close }: AskProps) {
  const speech = useSpeech();
  const { say, pick } = speech;
  const [first] = records;
  const title = records.length === 1 && first
    ? say('records.sure.ask', { name: pick(first.name) })
    : say('records.sure.all', { n: records.length });
  return (
    <Panel title={title} yes={say('records.sure.agree')} kind="primary" act={agree} close={close}>
      <dl class="facts">
        <Line term={say('records.sure.sends')}><Words texts={sentTo(records)} /></Line>
        {records.length > 1 && <Line term={say('records.sure.asked')}><Asked records={records} /></Line>}
      </dl>
      <details class="more">
        <summary>{say('records.law')}</summary>
        <dl class="facts">
          {records.map((record) => (
            <Line key={record.id} term={whole(record, speech)}><Law record={record} /></Line>
          ))}
        </dl>
      </details>
      <p class="note">{say('records.sure.later')}</p>
    </Panel>
  );
}

/** Whose record, and which: as one name. */
const whole = ({ operatorName, name }: BodyRecord, { pick, language }: Speech) =>
  [operatorName, name].map(pick).join(isJapanese(language) ? '：' : ': ');

const Asked = ({ records }: { records: readonly BodyRecord[] }) => {
  const speech = useSpeech();
  return <ul class="plain">{records.map((record) => <li key={record.id}>{whole(record, speech)}</li>)}</ul>;
};

export function StopPanel({ record, stop, close }: { record: BodyRecord; stop: () => void; close: () => void }) {
  const { say, pick } = useSpeech();
  return (
    <Panel title={say('records.sure.stop', { name: pick(record.name) })} yes={say('records.sure.stopYes')} kind="danger-solid" act={stop} close={close}>
      <p>{say('records.sure.stopWhat')}</p>
      {record.isAskedWithHome && <p>{say('records.sure.stopHome')}</p>}
    </Panel>
  );
}

type PanelProps = {
  title: string; yes: string; kind: string; act: () => void; close: () => void; children: preact.ComponentChildren;
};

/** A question where it stands: it takes the focus when it opens, Escape leaves it. */
function Panel({ title, yes, kind, act, close, children }: PanelProps) {
  const { say } = useSpeech();
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div
      class="alert" data-kind={kind === 'primary' ? 'note' : undefined} role="group" aria-label={title}
      onKeyDown={(event) => { if (event.key === 'Escape') close(); }}
    >
      <p ref={heading} tabIndex={-1}><strong>{title}</strong></p>
      {children}
      <button type="button" class="button" data-kind={kind} onClick={act}>{yes}</button>
      <button type="button" class="button" data-kind="outline" onClick={close}>{say('records.sure.no')}</button>
    </div>
  );
}

/** What is sent, what for and on which law, and how the body is spoken to. */
export function Disclosure({ record }: { record: BodyRecord }) {
  const { say, pick } = useSpeech();
  return (
    <details class="more">
      <summary>{say('records.what')}</summary>
      <dl class="facts">
        {record.sends.length > 0 && <Line term={say('records.sends')}><Words texts={record.sends} /></Line>}
        <Line term={say('records.purpose')}>{pick(record.purpose)}</Line>
        <Line term={say('records.basis')}>{pick(record.basis)}</Line>
        <Line term={say('records.law')}><Law record={record} /></Line>
        <Line term={say('records.how')}>{pick(record.note)}</Line>
      </dl>
    </details>
  );
}

function Law({ record }: { record: BodyRecord }) {
  const { say } = useSpeech();
  return <>{record.law}{record.confidence === 'C' && say('records.unsure')}</>;
}

function Words({ texts }: { texts: readonly Text[] }) {
  const { pick, language } = useSpeech();
  return <>{texts.map(pick).join(comma(language))}</>;
}
