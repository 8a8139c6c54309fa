import type { OutboxItem } from '../device/outbox.ts';
import { isOnItsWay } from './mail/schools.ts';
import type { Absence, SchoolNotice, Schools } from './shapes.ts';

/** Something of a child is hers to answer still. */
export const isOpen = (one: SchoolNotice, mayAnswer: boolean): boolean =>
  mayAnswer && one.kind !== null && !one.closed && one.mine === null && !(one.byOther && one.oneIsEnough);

/** What the school sent back and she has not sent anew; what waits here to go out is hers no more. */
export const sentBack = ({ pupils }: Pick<Schools, 'pupils'>, outbox: readonly OutboxItem[]): Absence[] =>
  pupils.flatMap(({ absences }) => absences).filter((one) => one.isMine && one.state === 'SENT_BACK' && !isOnItsWay(one.id, outbox));
