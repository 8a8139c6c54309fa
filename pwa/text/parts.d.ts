/** One of the parts the build makes of a language's texts; without a build it is the whole. */
declare module '*.ts?first' {
  export const texts: Partial<import('./all/easy.ts').Texts>;
}
declare module '*.ts?rest' {
  export const texts: Partial<import('./all/easy.ts').Texts>;
}
declare module '*.ts?door' {
  export const texts: Partial<import('./all/easy.ts').Texts>;
}
/** Readings of kanji and phrases, as far as there are any; without a build the texts as they are. */
declare module '*.ts?readings' {
  export const texts: Partial<import('./all/easy.ts').Texts>;
  export const catalogue: Record<string, string> | undefined;
}
declare module '*.ts?phrases' {
  export const texts: Partial<import('./all/easy.ts').Texts>;
}
