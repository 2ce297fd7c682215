import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { Database } from '@tropa/db'
import { FileTooLarge, type SavedFile, saveFile } from '@tropa/db/files'
import busboy from 'busboy'
import { Failure } from '../errors.ts'

const maxFileBytes = 200 * 1024 * 1024

/** What an upload must be, for those who sent something else. */
const sentences = {
  form: {
    en: 'This is not an upload. Send a form (multipart/form-data) with the CSV or text file in its field “file”.',
    ru: 'Это не загрузка файла. Отправьте форму (multipart/form-data) с файлом CSV или текстом в поле «file».',
  },
  noFile: {
    en: 'The upload holds no file. Put the CSV or text file into the form’s field “file”.',
    ru: 'В загрузке нет файла. Положите файл CSV или текст в поле «file» формы.',
  },
  tooLarge: {
    en: 'The file is larger than 200 MB. Nothing was kept; split the file and upload the parts.',
    ru: 'Файл больше 200 МБ. Ничего не сохранено; разделите файл и загрузите по частям.',
  },
} as const

export interface Upload extends SavedFile {
  fileName: string
}

/** Keeps the field `file` of a multipart request as it streams in; the request is never held in memory. */
export async function receiveFile(
  db: Database,
  workspaceId: string,
  request: Request,
  maxBytes = maxFileBytes,
): Promise<Upload> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.toLowerCase().startsWith('multipart/form-data'))
    throw new Failure('wrong_media_type', {}, sentences.form)
  if (!request.body) throw new Failure('import_file_wrong', {}, sentences.noFile)
  const parser = openParser(request.headers)
  const source = Readable.fromWeb(request.body as WebStream<Uint8Array>)
  let saving: Promise<Upload> | undefined
  parser.on('file', (field, stream, { filename }) => {
    if (field !== 'file' || saving) {
      stream.resume()
      return
    }
    const bytes = stream.pipe(new PassThrough())
    stream.on('error', (error) => bytes.destroy(error))
    saving = saveFile(db, workspaceId, bytes, maxBytes).then((saved) => ({
      ...saved,
      fileName: (filename || 'file').slice(0, 200),
    }))
    // Whoever sends hears of an answer only when all is sent: the rest is read and dropped.
    saving.catch(() => {
      stream.unpipe(bytes)
      stream.resume()
    })
  })
  source.on('error', () => parser.destroy())
  source.pipe(parser)
  await once(parser, 'close').catch(() => undefined)
  try {
    const saved = await saving
    if (!saved) throw new Failure('import_file_wrong', {}, sentences.noFile)
    return saved
  } catch (error) {
    throw error instanceof FileTooLarge ? new Failure('body_too_large', {}, sentences.tooLarge) : error
  }
}

function openParser(headers: Headers): busboy.Busboy {
  try {
    return busboy({
      headers: Object.fromEntries(headers),
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 10 },
    })
  } catch {
    throw new Failure('malformed_body', {}, sentences.form)
  }
}
