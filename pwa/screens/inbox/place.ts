/** The list she came from, with its chips, or her schools: the way back from a notice leads there. */
let left = '/inbox';
export const leaveAt = (path: string): void => void (left = path);
export const listPath = (): string => left;
