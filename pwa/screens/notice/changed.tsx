import { changesBetween, type Piece } from '../../data/mail/changes.ts';
import type { Notice } from '../../data/shapes.ts';
import { HTML_LANG, type Language } from '../../text/languages.ts';
import { inLanguage } from '../../text/speak.ts';
import { useSpeech } from '../device-state.tsx';

/** That it was taken back, and why. */
export function Recalled({ notice }: { notice: Notice }) {
  const { say } = useSpeech();
  const why = notice.earlier?.[0]?.why ?? '';
  return (
    <div class="alert" role="alert">
      <p><strong>{say('mail.recalled')}</strong></p>
      {why !== '' && <p>{say('mail.why', { why })}</p>}
    </div>
  );
}

/** That it was corrected, why, and which sentences are gone and new since the revision before. */
export function Changed({ notice, language }: { notice: Notice; language: Language }) {
  const { say } = useSpeech();
  const before = notice.earlier?.[0];
  return (
    <section class="alert" data-kind="note" data-testid="corrected" aria-labelledby="corrected">
      <h2 id="corrected">{say('mail.correctedLead', { n: notice.revision })}</h2>
      {before && before.why !== '' && <p>{say('mail.why', { why: before.why })}</p>}
      {before ? <Changes lang={HTML_LANG[language]} pieces={[
        ...changesBetween(inLanguage(language, before.title), inLanguage(language, notice.title)),
        ...changesBetween(inLanguage(language, before.body), inLanguage(language, notice.body)),
      ]} /> : <p>{say('mail.earlierOffline')}</p>}
    </section>
  );
}

function Changes({ pieces, lang }: { pieces: Piece[]; lang: string }) {
  const { say } = useSpeech();
  const changed = pieces.filter(({ kind }) => kind !== 'same');
  if (changed.length === 0) return <p>{say('mail.nothingChanged')}</p>;
  return (
    <ul class="plain changes" lang={lang}>
      {changed.map(({ kind, text }, at) => (
        <li key={at}>{kind === 'gone' ? <><span class="change-kind">{say('mail.gone')}</span><del>{text.trim()}</del></>
          : <><span class="change-kind">{say('mail.new')}</span><ins>{text.trim()}</ins></>}</li>
      ))}
    </ul>
  );
}
