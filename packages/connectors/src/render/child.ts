import { compileSource } from './compile.ts'
import { fillTemplate, type ParsedTemplate, parseCompiled } from './execute.ts'
import type { CompiledTemplate, CompileResult, RenderResult, TemplateSource } from './template.ts'

/** What a rendering process is asked. `compiled` is left out when it should know the key. */
export type RenderJob =
  | { kind: 'compile'; source: TemplateSource }
  | { kind: 'render'; key: string; compiled?: CompiledTemplate; data: object; maxHtmlChars: number }

/** What it answers; `unknown_key` asks for the compiled template. */
export type RenderAnswer = CompileResult | RenderResult | 'unknown_key' | 'ready'

const cacheSize = 200
const cache = new Map<string, ParsedTemplate>()

function parsed(key: string, compiled: CompiledTemplate | undefined): ParsedTemplate | undefined {
  const known = cache.get(key) ?? (compiled && parseCompiled(compiled))
  if (!known) return undefined
  cache.delete(key)
  cache.set(key, known)
  const oldest = cache.size > cacheSize ? cache.keys().next().value : undefined
  if (oldest !== undefined) cache.delete(oldest)
  return known
}

async function answer(job: RenderJob): Promise<RenderAnswer> {
  if (job.kind === 'compile') return compileSource(job.source)
  const template = parsed(job.key, job.compiled)
  return template ? fillTemplate(template, job.data, job.maxHtmlChars) : 'unknown_key'
}

// a failed answer is a bug: the process ends, and its parent reports the job as failed
process.on('message', (job: RenderJob) => void answer(job).then((result) => process.send?.(result)))
process.on('disconnect', () => process.exit(0))
process.send?.('ready' satisfies RenderAnswer)
