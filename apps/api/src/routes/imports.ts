import { countBrought } from '@tropa/db/brought'
import { deleteFile, readFile } from '@tropa/db/files'
import {
  createImport,
  findImport,
  findUndoneTwin,
  type ImportRow,
  listImportErrors,
  listImports,
  moveImport,
} from '@tropa/db/imports'
import {
  describeColumns,
  formatShape,
  makesAddresses,
  mappingShape,
  paces,
  sniff,
  storedFormatShape,
  unknownColumns,
  whyNotSoMany,
} from '@tropa/intake'
import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { audited, record } from '../audited.ts'
import type { ApiEnv, Deps } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { changeSentence } from '../ingest/change-sentence.ts'
import {
  assertColumns,
  type By,
  changePaceOf,
  pauseImport,
  resumeImport,
  startImport,
  stopImport,
  undoImport,
} from '../ingest/control-import.ts'
import { keptWaiting, whoIsIn } from '../ingest/fed-journeys.ts'
import { errorLine, presentImport, presentImportError } from '../ingest/present-import.ts'
import { previewImport } from '../ingest/preview.ts'
import { receiveFile } from '../ingest/upload.ts'
import { json, pageOf, pageQuery, query, readCursor, writeCursor } from '../input.ts'

const secondsPerDay = z.number().min(paces.min).max(paces.max)
const change = z.object({
  format: formatShape.partial().optional(),
  mapping: mappingShape
    .refine(({ emailAddress }) => !emailAddress || makesAddresses(emailAddress.pattern), {
      path: ['emailAddress', 'pattern'],
      message: 'makes no addresses',
    })
    .optional(),
  mode: z.enum(['history', 'live', 'compressed']).optional(),
  secondsPerDay: secondsPerDay.optional(),
})

const errorsPerRead = 1_000

async function head(db: Deps['db'], workspaceId: string, fileId: string): Promise<Buffer> {
  for await (const piece of readFile(db, workspaceId, fileId)) return piece
  return Buffer.alloc(0)
}

async function importOf(c: Context<ApiEnv>): Promise<ImportRow> {
  const found = await findImport(c.var.deps.db, c.var.workspaceId, c.req.param('id') ?? '')
  if (!found) throw new Failure('not_found')
  return found
}

type Control = (deps: Deps, row: ImportRow, by: By) => Promise<ImportRow>

async function perform(c: Context<ApiEnv>, act: Control) {
  const row = await importOf(c)
  const { mode } = row
  const moved = await act(c.var.deps, row, {
    memberId: c.var.user.id,
    record: (tx, detail) => record(c, tx, { detail: { ...detail, mode } }),
  })
  return presentImport(c.var.deps.db, moved)
}

const control = (act: Control) => async (c: Context<ApiEnv>) => c.json(await perform(c, act))

async function changeImport(
  c: Context<ApiEnv>,
  row: ImportRow,
  { format, mapping, ...rest }: z.infer<typeof change>,
): Promise<ImportRow> {
  const { db } = c.var.deps
  const known = storedFormatShape.parse(row.format)
  const first = format ? await head(db, row.workspaceId, row.fileId) : null
  const described =
    first && format
      ? await describeColumns(first, first.length >= row.fileSize, { ...formatShape.parse(known), ...format })
      : known
  // One column is a step on the way to the right separator; too many are none.
  const unfit = format && described.columns.length > 1 ? whyNotSoMany(described.columns.length) : null
  if (unfit) throw new Failure('import_file_wrong', {}, unfit)
  if (mapping) assertColumns(mapping, described)
  const told = { ...rest, format: described, ...(mapping ? { mapping } : {}) }
  return audited(c, async (tx) => {
    const moved = await moveImport(tx, row.workspaceId, row.id, ['uploaded'], told)
    if (!moved) throw new Failure('import_state_wrong')
    return moved
  })
}

/** Says at once which columns there are to a sender who calls one by a name, as no mapping does. */
const refuseColumnNames = createMiddleware<ApiEnv>(async (c, next) => {
  const body: unknown = await c.req.json().catch(() => null)
  const mapping = typeof body === 'object' && body !== null && 'mapping' in body ? body.mapping : null
  if (unknownColumns(mapping, []).some(({ isNumber }) => !isNumber))
    assertColumns(mapping, storedFormatShape.parse((await importOf(c)).format))
  await next()
})

/** Imports: a file is uploaded, mapped with a preview, started, watched, and taken back. */
export const importRoutes = new Hono<ApiEnv>()
  .get('/imports', allow('imports.read'), query(pageQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const { db } = c.var.deps
    const rows = await listImports(db, c.var.workspaceId, readCursor(cursor), limit + 1)
    const { items, next } = pageOf(rows, limit, ({ cursorAt: _, cursorId: _id, ...row }) => row)
    return c.json({ items: await Promise.all(items.map((row) => presentImport(db, row))), next })
  })
  .post('/imports', allow('imports.update'), async (c) => {
    const { db } = c.var.deps
    const { workspaceId } = c.var
    const { fileId, size, hash, fileName } = await receiveFile(db, workspaceId, c.req.raw)
    try {
      const first = await head(db, workspaceId, fileId)
      const sniffed = await sniff(first, first.length >= size)
      if ('refused' in sniffed) throw new Failure('import_file_wrong', {}, sniffed.refused)
      const { format } = sniffed
      const twin = await findUndoneTwin(db, workspaceId, hash)
      const again = twin
        ? { format: twin.format, mapping: twin.mapping, mode: twin.mode, secondsPerDay: twin.secondsPerDay }
        : { format }
      const file = { fileId, fileName, fileSize: size, fileHash: hash, ...again }
      const row = await audited(
        c,
        (tx) => createImport(tx, { workspaceId, ...file, createdBy: c.var.user.id }),
        ({ id }) => ({ objectId: id, detail: { fileSize: size } }),
      )
      return c.json(await presentImport(db, row), 201)
    } catch (error) {
      await deleteFile(db, workspaceId, fileId)
      throw error
    }
  })
  .get('/imports/:id', allow('imports.read'), async (c) => {
    const row = await importOf(c)
    const { db } = c.var.deps
    const preview =
      row.status === 'uploaded' ? await previewImport(db, row) : { couldEnter: await keptWaiting(db, row) }
    return c.json({ ...(await presentImport(db, row)), ...(await whoIsIn(db, row)), ...preview })
  })
  .patch(
    '/imports/:id',
    allow('imports.update'),
    refuseColumnNames,
    json(change, 'import_mapping_wrong', changeSentence),
    async (c) => {
      const { db } = c.var.deps
      const moved = await changeImport(c, await importOf(c), c.req.valid('json'))
      return c.json({ ...(await presentImport(db, moved)), ...(await previewImport(db, moved)) })
    },
  )
  .post('/imports/:id/start', allow('imports.update'), control(startImport))
  .post('/imports/:id/pause', allow('imports.update'), control(pauseImport))
  .post('/imports/:id/resume', allow('imports.update'), control(resumeImport))
  .post(
    '/imports/:id/pace',
    allow('imports.update'),
    json(z.object({ secondsPerDay }), 'body_wrong', changeSentence),
    async (c) => {
      const wanted = c.req.valid('json').secondsPerDay
      return c.json(await perform(c, (deps, row, by) => changePaceOf(deps, row, by, wanted)))
    },
  )
  .post('/imports/:id/stop', allow('imports.update'), control(stopImport))
  .post('/imports/:id/undo', allow('imports.update'), control(undoImport))
  .get('/imports/:id/brought', allow('imports.read'), async (c) => {
    const { id, workspaceId } = await importOf(c)
    return c.json(await countBrought(c.var.deps.db, workspaceId, id))
  })
  .get('/imports/:id/errors', allow('imports.read'), query(pageQuery), async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const { id, workspaceId } = await importOf(c)
    const after = Number(readCursor(cursor)?.id ?? 0)
    const rows = await listImportErrors(c.var.deps.db, workspaceId, id, after, limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const next = last ? writeCursor({ at: new Date(0).toISOString(), id: String(last.line) }) : null
    return c.json({ items: rows.slice(0, limit).map(presentImportError), next })
  })
  .get('/imports/:id/errors.csv', allow('imports.read'), async (c) => {
    const { id, workspaceId } = await importOf(c)
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="rejected-rows-${id}.csv"`)
    return stream(c, async (out) => {
      await out.write('\ufeffline,code,problem,problem_ru,row\r\n')
      for (let after = 0; ; ) {
        const rows = await listImportErrors(c.var.deps.db, workspaceId, id, after, errorsPerRead)
        await out.write(rows.map((row) => errorLine(presentImportError(row))).join(''))
        if (rows.length < errorsPerRead) return
        after = rows.at(-1)?.line ?? after
      }
    })
  })
