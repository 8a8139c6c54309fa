/** What an iPhone or iPad says of itself. */

type Apple = Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;

/** An iPad says it is a Mac, but a Mac has no touch screen. */
export const isIos = ({ userAgent, maxTouchPoints }: Apple): boolean =>
  /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);

/** [16, 4]; null: it does not say (an iPad as a Mac). */
export function iosVersion(userAgent: string): readonly [number, number] | null {
  const [, major, minor] = /(?:iPhone )?OS (\d+)_(\d+)/.exec(/iPhone|iPad|iPod/.test(userAgent) ? userAgent : '') ?? [];
  return major === undefined || minor === undefined ? null : [Number(major), Number(minor)];
}

/** Web Push came with 16.4. */
export const mayPush = ([major, minor]: readonly [number, number]): boolean => major > 16 || (major === 16 && minor >= 4);
