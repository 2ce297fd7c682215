/** How the file in a form is called and declared. */
export interface FileInForm {
  name?: string
  field?: string
  type?: string
}

const edge = 'tropa-test-boundary'

/** What a request says of itself when it carries a form of this file. */
export const formHeaders = { 'content-type': `multipart/form-data; boundary=${edge}` }

/** A form with one file in it, in the pieces in which it goes over the wire; the file may come in several. */
export function formPieces(
  file: readonly Uint8Array[],
  { name = 'orders.csv', field = 'file', type }: FileInForm = {},
): Uint8Array[] {
  const named = `Content-Disposition: form-data; name="${field}"; filename="${name}"`
  const typed = type === undefined ? '' : `\r\nContent-Type: ${type}`
  return [Buffer.from(`--${edge}\r\n${named}${typed}\r\n\r\n`), ...file, Buffer.from(`\r\n--${edge}--\r\n`)]
}

/** Body and headers of an upload by hand, so that a caller with a cookie can send it. */
export function fileForm(file: string | Uint8Array, of?: FileInForm) {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  return { body: Buffer.concat(formPieces([bytes], of)), headers: formHeaders }
}
