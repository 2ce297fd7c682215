import { createHash } from 'node:crypto'
import type { RenderAnswer, RenderJob } from './child.ts'
import { Isolate, type IsolateEnd } from './isolate.ts'
import {
  type CompiledTemplate,
  type CompileResult,
  defaultRenderLimits,
  type RenderFailure,
  type RenderLimits,
  type RenderResult,
  type TemplateSource,
} from './template.ts'

/** How many processes render and what each may use. */
export interface RendererOptions {
  processes?: number
  memoryMb?: number
  compileDeadlineMs?: number
}

/** Compiles and renders templates in processes of its own; a hostile template kills only its process. */
export interface Renderer {
  compile(source: TemplateSource): Promise<CompileResult>
  render(compiled: CompiledTemplate, data: object, limits?: Partial<RenderLimits>): Promise<RenderResult>
  /** Processes killed so far, for metrics and tests. */
  killed(): number
  close(): void
}

/** Opens a renderer; they start when first needed and never keep this process alive. */
export function openRenderer(options: RendererOptions = {}): Renderer {
  const { processes = 2, memoryMb = 96, compileDeadlineMs = 8_000 } = options
  const rendering = new Lane(processes, memoryMb)
  const compiling = new Lane(1, 256)
  return {
    async compile(source) {
      const answer = await compiling.run(() => ({ kind: 'compile', source }), compileDeadlineMs)
      return isEnd(answer) ? tooHeavy : (answer as CompileResult)
    },
    render: (compiled, data, limits) =>
      render(rendering, compiled, data, { ...defaultRenderLimits, ...limits }),
    killed: () => rendering.killed + compiling.killed,
    close() {
      rendering.close()
      compiling.close()
    },
  }
}

async function render(
  lane: Lane,
  compiled: CompiledTemplate,
  data: object,
  limits: RenderLimits,
): Promise<RenderResult> {
  if (JSON.stringify(data).length > limits.maxDataChars) return refused('data')
  const key = createHash('sha256')
    .update(compiled.subject)
    .update('\0')
    .update(compiled.html)
    .digest('base64url')
  const job = (withTemplate: boolean): RenderJob => {
    const base = { kind: 'render', key, data, maxHtmlChars: limits.maxHtmlChars } as const
    return withTemplate ? { ...base, compiled } : base
  }
  let asked: Isolate | undefined
  const answer = await lane.run((isolate) => {
    asked = isolate
    const known = isolate.known.has(key)
    isolate.known.add(key)
    return job(!known)
  }, limits.deadlineMs)
  if (answer === 'unknown_key') {
    // its cache dropped the template since: the next asking brings it along
    asked?.known.delete(key)
    return render(lane, compiled, data, limits)
  }
  return isEnd(answer) ? refused(answer) : (answer as RenderResult)
}

interface Pending {
  job: (isolate: Isolate) => RenderJob
  deadlineMs: number
  resolve(answer: RenderAnswer | IsolateEnd): void
  reject(error: unknown): void
}

/** A few processes and the queue before them. */
class Lane {
  killed = 0
  readonly #size: number
  readonly #memoryMb: number
  #isolates: Isolate[] = []
  readonly #queue: Pending[] = []
  #closed = false

  constructor(size: number, memoryMb: number) {
    this.#size = size
    this.#memoryMb = memoryMb
  }

  run(job: (isolate: Isolate) => RenderJob, deadlineMs: number): Promise<RenderAnswer | IsolateEnd> {
    if (this.#closed) return Promise.reject(new Error('The renderer is closed.'))
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, deadlineMs, resolve, reject })
      this.#pump()
    })
  }

  close(): void {
    this.#closed = true
    for (const isolate of this.#isolates.splice(0)) isolate.kill()
    for (const pending of this.#queue.splice(0)) pending.reject(new Error('The renderer is closed.'))
  }

  #pump(): void {
    while (this.#queue.length > 0) {
      const isolate = this.#free()
      const pending = isolate && this.#queue.shift()
      if (!isolate || !pending) return
      this.#serve(isolate, pending)
    }
  }

  #free(): Isolate | undefined {
    const idle = this.#isolates.find((isolate) => !isolate.busy && !isolate.dead)
    if (idle || this.#isolates.length >= this.#size) return idle
    const fresh = new Isolate(this.#memoryMb)
    this.#isolates.push(fresh)
    return fresh
  }

  async #serve(isolate: Isolate, pending: Pending): Promise<void> {
    try {
      pending.resolve(await isolate.ask(pending.job(isolate), pending.deadlineMs))
    } catch (error) {
      pending.reject(error)
    }
    if (isolate.dead) {
      this.killed += 1
      this.#isolates = this.#isolates.filter((one) => one !== isolate)
    }
    this.#pump()
  }
}

function isEnd(answer: RenderAnswer | IsolateEnd): answer is IsolateEnd {
  return answer === 'deadline' || answer === 'died'
}

const tooHeavy: CompileResult = {
  ok: false,
  problems: [
    {
      field: 'body',
      code: 'too_heavy',
      en: 'This template takes too long to prepare. Make it simpler.',
      ru: 'Этот шаблон слишком долго готовится. Упростите его.',
    },
  ],
}

function refused(why: IsolateEnd | 'data'): RenderFailure {
  const said = {
    deadline: [
      'The template took too long and was stopped.',
      'Шаблон выполнялся слишком долго и был остановлен.',
    ],
    died: [
      'The template used too much memory and was stopped.',
      'Шаблон занял слишком много памяти и был остановлен.',
    ],
    data: ['There is too much data for one email.', 'Для одного письма слишком много данных.'],
  }[why]
  return { ok: false, reason: 'template_error', en: said[0] ?? '', ru: said[1] ?? '' }
}
