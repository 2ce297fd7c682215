import { createHash, randomUUID } from 'node:crypto'
import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { Database, Queryable } from '../open.ts'
import { fileChunks } from '../tables.ts'

const pieceBytes = 1024 * 1024

export interface SavedFile {
  fileId: string
  size: number
  /** SHA-256 of the bytes, in lower-case hex. */
  hash: string
}

/** A file that is larger than its limit; nothing of it is kept. */
export class FileTooLarge extends Error {}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = []
  let held = 0
  for await (const part of bytes) {
    let rest = part
    while (held + rest.length >= pieceBytes) {
      const room = pieceBytes - held
      yield Buffer.concat([...parts, rest.subarray(0, room)])
      rest = rest.subarray(room)
      parts = []
      held = 0
    }
    if (rest.length > 0) parts.push(rest)
    held += rest.length
  }
  if (held > 0) yield Buffer.concat(parts)
}

/** Keeps a stream as a file, piece by piece: memory stays flat whatever its size. */
export async function saveFile(
  db: Database,
  workspaceId: string,
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<SavedFile> {
  const fileId = randomUUID()
  const hash = createHash('sha256')
  let n = 0
  let size = 0
  try {
    for await (const piece of inPieces(bytes)) {
      size += piece.length
      if (size > maxBytes) throw new FileTooLarge(`The file is larger than ${maxBytes} bytes`)
      hash.update(piece)
      await db.insert(fileChunks).values({ fileId, n: n++, workspaceId, bytes: piece })
    }
  } catch (error) {
    await deleteFile(db, workspaceId, fileId)
    throw error
  }
  return { fileId, size, hash: hash.digest('hex') }
}

/** The bytes of a file from one on, in pieces. */
export async function* readFile(
  db: Database,
  workspaceId: string,
  fileId: string,
  fromByte = 0,
): AsyncGenerator<Buffer> {
  let n = Math.floor(fromByte / pieceBytes)
  let skip = fromByte % pieceBytes
  for (;;) {
    const [piece] = await db
      .select({ bytes: fileChunks.bytes, n: fileChunks.n })
      .from(fileChunks)
      .where(
        and(eq(fileChunks.workspaceId, workspaceId), eq(fileChunks.fileId, fileId), gte(fileChunks.n, n)),
      )
      .orderBy(asc(fileChunks.n))
      .limit(1)
    if (!piece) return
    if (skip < piece.bytes.length) yield skip > 0 ? piece.bytes.subarray(skip) : piece.bytes
    skip = 0
    n = piece.n + 1
  }
}

/** Removes a file; a missing one is no fault. */
export async function deleteFile(db: Queryable, workspaceId: string, fileId: string): Promise<void> {
  await db.execute(
    sql`delete from file_chunks where workspace_id = ${workspaceId} and file_id = ${fileId}::uuid`,
  )
}
