/** As a `ref`: the focus goes there as soon as it stands on the screen. `autofocus` works but once in a document. */
export const focused = (place: HTMLElement | null): void => place?.focus();
