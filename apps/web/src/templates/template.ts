import type { Text } from '@tropa/journey'
import type { Answer, Routes, Row } from '../api.ts'

/** A template as the list shows it. */
export type TemplateRow = Row<Routes['templates']['$get']>

/** Something that keeps a template from being sent; `line` counts from 1 within the field. */
export interface TemplateProblem extends Text {
  field?: 'subject' | 'preheader' | 'body'
  line?: number
  code: string
}

/** What a member writes. */
export interface TemplateDraft {
  name: string
  subject: string
  preheader: string
  format: 'mjml' | 'html'
  body: string
}

/** A whole template. */
export type Template = Answer<Routes['templates'][':id']['$get']>

export interface TemplatePreview {
  subject: string
  html: string
  text: string
  problems: TemplateProblem[]
  warnings?: TemplateProblem[]
  variables: string[]
}

/** Only what is written, without revision and findings. */
export function draftOf({ name, subject, preheader, format, body }: TemplateDraft): TemplateDraft {
  return { name, subject, preheader, format, body }
}

/** Whether two drafts say the same. */
export function sameDraft(a: TemplateDraft, b: TemplateDraft): boolean {
  return JSON.stringify(draftOf(a)) === JSON.stringify(draftOf(b))
}

/** Where a line of a text begins and ends, counted from 1; the last line for a number beyond the end. */
export function lineRange(text: string, line: number): { start: number; end: number } {
  const lines = text.split('\n')
  const at = Math.min(Math.max(1, line), lines.length) - 1
  const start = lines.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0)
  return { start, end: start + (lines[at]?.length ?? 0) }
}

/** A variable as Liquid; text about a person gets a fallback, because a letter with a hole is never sent. */
export function liquidOf(path: string): string {
  if (path === 'unsubscribe_url') return '{{ unsubscribe_url }}'
  return path.startsWith('customer.') ? `{{ ${path} | default: "" }}` : `{{ ${path} }}`
}

/** The letter a new template starts from. */
export const starter: TemplateDraft = {
  name: '',
  subject: 'Hello, {{ customer.first_name | default: "friend" }}!',
  preheader: '',
  format: 'mjml',
  body: `<mjml>
  <mj-body background-color="#f3f4f7">
    <mj-section padding="32px 0 0"></mj-section>
    <mj-section background-color="#ffffff" border-radius="8px" padding="24px">
      <mj-column>
        <mj-text font-size="22px" font-weight="600">
          Hello, {{ customer.first_name | default: "friend" }}!
        </mj-text>
        <mj-text line-height="1.5">
          Write here what you have to say, in a sentence or two.
        </mj-text>
        <mj-button href="https://example.com" background-color="#3959da" border-radius="6px">
          One thing to do
        </mj-button>
      </mj-column>
    </mj-section>
    <mj-section>
      <mj-column>
        <mj-text align="center" font-size="12px" color="#6b7280">
          <a href="{{ unsubscribe_url }}" style="color: #6b7280">Unsubscribe</a>
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`,
}
