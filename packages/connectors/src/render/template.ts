import type { Text } from '@tropa/journey'

/** What a marketer writes. */
export interface TemplateSource {
  subject: string
  /** The line mail programs show after the subject. */
  preheader?: string
  body: string
  format: 'mjml' | 'html'
}

/** A template ready to render: layout done, Liquid still in place; plain JSON, kept with the template. */
export interface CompiledTemplate {
  engine: 1
  subject: string
  html: string
  /**
   * The variables used somewhere without a `default` and outside a branch that tests them: sending refuses when
   * one has no value. Not in templates that were compiled before it was known; there any variable may be needed.
   */
  needs?: string[]
}

/** Something in a template that keeps it from being used; `line` counts from 1 within the field. */
export interface TemplateProblem extends Text {
  field: 'subject' | 'preheader' | 'body'
  line?: number
  code: TemplateProblemCode
}

export type TemplateProblemCode =
  | 'too_long'
  | 'empty'
  | 'liquid_syntax'
  | 'unknown_filter'
  | 'unknown_tag'
  | 'unknown_root'
  | 'unsafe_place'
  | 'script_not_allowed'
  | 'include_not_allowed'
  | 'mjml'
  | 'lost_in_layout'
  | 'too_heavy'

/** Where in a template something stands first; `line` counts from 1 within the field. */
export interface TemplatePlace {
  field: TemplateProblem['field']
  line: number
}

export type CompileResult =
  | {
      ok: true
      compiled: CompiledTemplate
      variables: string[]
      /** Where each variable stands. */
      places: Record<string, TemplatePlace>
    }
  | { ok: false; problems: TemplateProblem[] }

export type RenderResult = { ok: true; subject: string; html: string; text: string } | RenderFailure

/** Why a message cannot be rendered for this customer; `variable` names what was missing. */
export interface RenderFailure extends Text {
  ok: false
  reason: 'template_error' | 'missing_variable' | 'empty_content'
  variable?: string
}

/** Bounds on one rendering. */
export interface RenderLimits {
  /** The rendering process is killed after this long. */
  deadlineMs: number
  /** Largest data handed to a template, as JSON characters. */
  maxDataChars: number
  /** Largest rendered HTML, in characters. */
  maxHtmlChars: number
}

export const defaultRenderLimits: RenderLimits = {
  deadlineMs: 2_000,
  maxDataChars: 256_000,
  maxHtmlChars: 1_000_000,
}

/** The names a template may start a path with. */
export const templateRoots = ['customer', 'event', 'nodes', 'workspace', 'unsubscribe_url'] as const

export const maxBodyChars = 300_000
export const maxLineChars = 1_000
