// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what it looks for
const unstorable = /\u0000|\p{Surrogate}/u

/** Whether Postgres can keep a text: no NUL, no halves of characters. */
export function isStorable(text: string): boolean {
  return !unstorable.test(text)
}
