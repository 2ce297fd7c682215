const word = String.raw`[^\s\p{C}@<>"(),:;\\.]+`
const pattern = new RegExp(String.raw`^[^\s\p{C}@<>"(),:;\\]{1,64}@${word}(\.${word})+$`, 'u')
const longest = 254

/**
 * The address a text is, without spaces around it and in small letters; `null` when no letter could be sent to it. The
 * one rule for what is taken in and for what goes out. Quoted local parts and domains without a point are refused;
 * lengths are those of RFC 5321, 4.5.3.1.
 */
export function emailFrom(text: string): string | null {
  const address = text.trim().toLowerCase()
  return address.length <= longest && pattern.test(address) ? address : null
}
