import type { RecordEntry, RecordGroup, RecordValue } from '../../data/shapes.ts';
import { dayAndTime, dayOfRecord, yearAndMonth } from '../../text/dates.ts';
import { comma, number as counts } from '../../text/lists.ts';
import { isJapanese } from '../../text/languages.ts';
import { useSpeech, type Speech } from '../device-state.tsx';
import { Line } from '../parts/line.tsx';

/** What a body told, line by line; a list in a list is as deep as it goes. */
export function Entry({ entry }: { entry: RecordEntry }) {
  const speech = useSpeech();
  const { say, pick } = speech;
  return (
    <>
      {entry.lines.length > 0 && (
        <dl class="facts told-lines">
          {entry.lines.map((line, index) => (
            <Line key={index} term={pick(line.label)}>
              {line.values.length === 0
                ? <span class="note">{say('records.nothing')}</span>
                : line.values.map((value) => written(value, speech)).join(comma(speech.language))}
            </Line>
          ))}
        </dl>
      )}
      {entry.groups?.map((group, index) => <Group key={index} group={group} />)}
    </>
  );
}

function Group({ group }: { group: RecordGroup }) {
  const { say, pick } = useSpeech();
  return (
    <div class="record-group">
      {group.label && <h4>{pick(group.label)}</h4>}
      {group.entries.length === 0
        ? <p class="note">{say('records.nothing')}</p>
        : <ul>{group.entries.map((entry, index) => <li key={index}><Entry entry={entry} /></li>)}</ul>}
    </div>
  );
}

/** A value as people say it. */
export function written({ kind, text, word, unit }: RecordValue, { say, pick, language }: Speech): string {
  const number = () => counts(Number(text), language);
  const counted = unit ? (isJapanese(language) ? pick(unit) : ` ${pick(unit)}`) : '';
  switch (kind) {
    case 'WORD': return word ? pick(word) : text;
    case 'DAY': return dayOfRecord(text, language);
    case 'MONTH': return yearAndMonth(text, language);
    case 'MOMENT': return dayAndTime(text, language);
    case 'YEN': return say('records.yen', { n: number() });
    case 'NUMBER': return number() + counted;
    case 'YES_NO': return say(text === 'true' ? 'yes' : 'no');
    case 'TEXT': return text + counted;
  }
}
