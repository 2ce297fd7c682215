import { createGunzip } from 'node:zlib'
import { Failure } from '../errors.ts'
import { limits } from './limits.ts'

const sentences = {
  tooLarge: {
    en: 'The body is larger than 500 KB. Nothing was stored; send it in parts of at most 500 events.',
    ru: 'Тело запроса больше 500 КБ. Ничего не сохранено; отправьте частями не больше 500 событий.',
  },
  encoding: {
    en: 'The body is packed in a way that is not taken here. Send it plain, or packed with gzip.',
    ru: 'Такое сжатие тела здесь не принимается. Отправьте без сжатия или с gzip.',
  },
} as const

async function collect(
  source: AsyncIterable<Uint8Array>,
  isTooLarge: (bytes: number) => boolean,
): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of source) {
    bytes += part.byteLength
    if (isTooLarge(bytes)) throw new Failure('body_too_large', {}, sentences.tooLarge)
    parts.push(part)
  }
  return parts.length === 1 && parts[0] ? Buffer.from(parts[0]) : Buffer.concat(parts)
}

/** Inflates while counting: a bomb is left as soon as it outgrows the limit or twenty times its packed size. */
async function inflate(packed: Buffer): Promise<Buffer> {
  const gunzip = createGunzip()
  gunzip.end(packed)
  try {
    return await collect(
      gunzip,
      (bytes) => bytes > limits.bodyBytes || bytes > Math.max(packed.length, 1) * limits.inflation,
    )
  } catch (error) {
    throw error instanceof Failure ? error : new Failure('malformed_body')
  } finally {
    gunzip.destroy()
  }
}

function assertJson(headers: Headers): void {
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new Failure('wrong_media_type')
}

/** A body of a told length is taken whole, which is quicker; any other is counted while it comes. */
async function readSent(request: Request): Promise<Buffer> {
  const length = request.headers.get('content-length')
  if (Number(length) > limits.bodyBytes) throw new Failure('body_too_large', {}, sentences.tooLarge)
  if (length !== null) return Buffer.from(await request.arrayBuffer())
  if (!request.body) throw new Failure('malformed_body')
  const stream = request.body as unknown as AsyncIterable<Uint8Array>
  return collect(stream, (bytes) => bytes > limits.bodyBytes)
}

/** The text of a JSON request body, plain or gzip, within the limits; throws the failure to answer with otherwise. */
export async function readBody(request: Request): Promise<string> {
  assertJson(request.headers)
  const sent = await readSent(request)
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity')
    throw new Failure('wrong_media_type', {}, sentences.encoding)
  const bytes = encoding === 'gzip' ? await inflate(sent) : sent
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Failure('malformed_body')
  }
}
