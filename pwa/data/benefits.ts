import type { PublicService } from './open.ts';
import type { Home, Question, Step } from './shapes.ts';
import { stepsOf } from './steps.ts';

/** Each once though it stands in two bundles; what closes first comes first, what never closes last. */
export function benefitsOf(home: Home): Step[] {
  return stepsOf(home).filter((step) => step.category === 'BENEFIT').sort((one, other) => (one.due ?? '9999').localeCompare(other.due ?? '9999'));
}

/** Money or support that one answer would tell; `step`: where the question is put, null: on home only. */
export type Awaited = { service: PublicService; question: Question; step: Step | null };

/**
 * What a question would settle beside the step that puts it, each once a question, by the names of the catalogue; a
 * question about money itself comes before one about something else.
 */
export function awaitedBenefits(home: Home, services: readonly PublicService[]): Awaited[] {
  const own = stepsOf(home);
  const isAboutMoney = ({ step }: Awaited) => Number(step?.category === 'BENEFIT');
  return home.nextQuestions.flatMap(({ question, settles }) => {
    const untold = settles.filter((id) => !own.some((step) => step.id === id)).map((id) => id.split(':')[0]);
    const step = own.find((one) => one.asks.some((asked) => asked.fact === question.fact)) ?? null;
    return services
      .filter(({ identifier, type }) => type === 'benefit' && untold.includes(identifier))
      .map((service) => ({ service, question, step }));
  }).sort((one, other) => isAboutMoney(other) - isAboutMoney(one));
}
