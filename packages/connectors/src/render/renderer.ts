import { createHash } from 'node:crypto'
import type { RenderAnswer } from './child.ts'
import type { Isolate, IsolateEnd } from './isolate.ts'
import { Lane } from './lane.ts'
import { StrikeList } from './strike-list.ts'
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
  /** Processes that had nothing to do for this long are ended; the next job starts one again. */
  idleMs?: number
}

/** Compiles and renders templates in processes of its own; a hostile template kills only its process. */
export interface Renderer {
  compile(source: TemplateSource): Promise<CompileResult>
  render(compiled: CompiledTemplate, data: object, limits?: Partial<RenderLimits>): Promise<RenderResult>
  /** Processes killed so far, for metrics and tests. */
  killed(): number
  /** Processes running now. */
  running(): number
  close(): void
}

interface Rendering {
  lane: Lane
  strikes: StrikeList
}

/** Opens a renderer; its processes start when first needed and never keep this process alive. */
export function openRenderer(options: RendererOptions = {}): Renderer {
  const { processes = 2, memoryMb = 96, compileDeadlineMs = 8_000, idleMs = 5 * 60_000 } = options
  const rendering = new Lane(processes, memoryMb, idleMs)
  const compiling = new Lane(1, 256, idleMs)
  const strikes = new StrikeList()
  return {
    async compile(source) {
      const answer = await compiling.run(() => ({ kind: 'compile', source }), compileDeadlineMs)
      return isEnd(answer) ? tooHeavy : (answer as CompileResult)
    },
    render: (compiled, data, limits) =>
      render({ lane: rendering, strikes }, compiled, data, { ...defaultRenderLimits, ...limits }),
    running: () => rendering.size() + compiling.size(),
    killed: () => rendering.killed + compiling.killed,
    close() {
      rendering.close()
      compiling.close()
    },
  }
}

async function render(
  { lane, strikes }: Rendering,
  compiled: CompiledTemplate,
  data: object,
  limits: RenderLimits,
  deaths = 0,
): Promise<RenderResult> {
  if (JSON.stringify(data).length > limits.maxDataChars) return refused('data')
  const key = keyOf(compiled)
  let asked: Isolate | undefined
  const makeJob = (isolate: Isolate) => {
    if (strikes.out(key)) return 'struck_out' as const
    asked = isolate
    const known = isolate.known.has(key)
    isolate.known.add(key)
    const job = { kind: 'render', key, data, maxHtmlChars: limits.maxHtmlChars } as const
    return known ? job : { ...job, compiled }
  }
  const answer = await lane.run(makeJob, limits.deadlineMs, () => strikes.add(key))
  if (answer === 'unknown_key') {
    // its cache dropped the template since: the next asking brings it along
    asked?.known.delete(key)
    return render({ lane, strikes }, compiled, data, limits, deaths)
  }
  // a process can die or stall through no fault of the template: only repeated ends are held against it
  if ((answer === 'died' && deaths < 2) || (answer === 'deadline' && deaths < 1))
    return render({ lane, strikes }, compiled, data, limits, deaths + 1)
  return isEnd(answer) ? refused(answer) : (answer as RenderResult)
}

/** The content decides, so that a template changed in place is never taken for its former self. */
function keyOf({ subject, html }: CompiledTemplate): string {
  return createHash('sha256').update(subject).update('\0').update(html).digest('base64url')
}

function isEnd(answer: RenderAnswer | IsolateEnd): answer is IsolateEnd {
  return answer === 'deadline' || answer === 'died' || answer === 'struck_out'
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
    struck_out: [
      'The template was stopped several times and rests for a minute.',
      'Шаблон несколько раз останавливали, и он отдыхает минуту.',
    ],
    data: ['There is too much data for one email.', 'Для одного письма слишком много данных.'],
  }[why]
  return { ok: false, reason: 'template_error', en: said[0] ?? '', ru: said[1] ?? '' }
}
