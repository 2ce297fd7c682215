/** Keys of a Russian dictionary: an English `x_one`/`x_other` pair needs all four Russian plural forms. */
type RussianKey<K> = K extends `${infer Base}_other`
  ? `${Base}_one` | `${Base}_few` | `${Base}_many` | `${Base}_other`
  : K

type Russian<En> = { [K in keyof En as RussianKey<K & string>]: string }

/** One area of the interface in both languages; a missing or extra Russian key does not compile. */
export function defineArea<const En extends Record<string, string>, const Ru extends Russian<En>>(
  en: En,
  ru: Ru & { [K in Exclude<keyof Ru, RussianKey<keyof En & string>>]: never },
): { en: { [K in keyof En]: string }; ru: Russian<En> } {
  return { en, ru }
}
