import { capitalised } from '../../i18n/capitalised.ts'

/** What a comparison's sentence ends with; it begins with a property's own name, whose case is not ours to change. */
const traceEnd = /(: (yes|no|cannot be known)|— (да|нет|неизвестно))$/

/** A sentence with a capital letter at its beginning, unless it begins with the name of a property. */
export function asSentence(text: string): string {
  return traceEnd.test(text) ? text : capitalised(text)
}
