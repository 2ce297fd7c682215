/** What a comparison's sentence ends with; it begins with a property's own name, whose case is not ours to change. */
const traceEnd = /(: (yes|no|cannot be known)|— (да|нет|неизвестно))$/

/** A sentence with a capital letter at its beginning, unless it begins with the name of a property. */
export function asSentence(text: string): string {
  if (traceEnd.test(text)) return text
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
