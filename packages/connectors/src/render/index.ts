import { openRenderer, type Renderer } from './renderer.ts'
import type {
  CompiledTemplate,
  CompileResult,
  RenderLimits,
  RenderResult,
  TemplateSource,
} from './template.ts'

export { openRenderer, type Renderer, type RendererOptions } from './renderer.ts'
export {
  type CompiledTemplate,
  type CompileResult,
  type RenderFailure,
  type RenderLimits,
  type RenderResult,
  type TemplatePlace,
  type TemplateProblem,
  type TemplateSource,
  templateRoots,
} from './template.ts'

let renderer: Renderer | undefined
const shared = (): Renderer => {
  renderer ??= openRenderer()
  return renderer
}

/** Checks a template and lays it out, on this process's renderer. */
export async function compileTemplate(source: TemplateSource): Promise<CompileResult> {
  return shared().compile(source)
}

/** Fills a compiled template with one customer's data, on this process's renderer. */
export async function renderEmail(
  compiled: CompiledTemplate,
  variables: object,
  limits?: Partial<RenderLimits>,
): Promise<RenderResult> {
  return shared().render(compiled, variables, limits)
}

/** Ends this process's renderer; the next call opens a new one. */
export function closeRenderer(): void {
  renderer?.close()
  renderer = undefined
}
