import { useQuery } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PickedCustomer } from '../customers/customer-picker.tsx'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { CodeArea } from './code-area.tsx'
import { ProblemList } from './problem-list.tsx'
import { lineRange, type Template, type TemplateProblem } from './template.ts'
import { TemplateActions } from './template-actions.tsx'
import { TemplatePreview } from './template-preview.tsx'
import { useTemplateDraft, useTemplatePreview } from './use-template-draft.ts'
import { VariableMenu } from './variable-menu.tsx'

/** Loads a template for its editor. */
export function TemplateEditor({ templateId }: { templateId: string }) {
  const api = useWorkspaceApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['template', templateId],
    queryFn: ({ signal }) => api.get<Template>(`/templates/${templateId}`, signal),
    refetchOnWindowFocus: false,
  })
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return <Editor stored={data} />
}

function Conflict({ onSettle }: { onSettle: (choice: 'mine' | 'theirs') => void }) {
  const { t } = useTranslation('templates')
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 border-b bg-warn-soft px-4 py-2.5 text-sm">
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">{t('conflict')}</strong> {t('conflictText')}
      </p>
      <Button size="sm" onClick={() => onSettle('theirs')}>
        {t('takeTheirs')}
      </Button>
      <Button size="sm" look="primary" onClick={() => onSettle('mine')}>
        {t('keepMine')}
      </Button>
    </div>
  )
}

/** Text on the left, the letter on the right, problems below the text. */
function Editor({ stored }: { stored: Template }) {
  const { t } = useTranslation('templates')
  const canEdit = useCanEdit()
  const { draft, set, changed, saving, save, conflict, settle } = useTemplateDraft(stored)
  const [customer, setCustomer] = useState<PickedCustomer | null>(null)
  const { shown, problems, warnings, variables, busy, error } = useTemplatePreview(draft, customer?.id)
  const body = useRef<HTMLTextAreaElement>(null)
  const subject = useRef<HTMLInputElement>(null)
  useBlocker({ shouldBlockFn: () => changed && !window.confirm(t('leave')), enableBeforeUnload: changed })
  const insert = (liquid: string) => {
    const area = body.current
    const at = area?.selectionStart ?? draft.body.length
    set({ body: draft.body.slice(0, at) + liquid + draft.body.slice(area?.selectionEnd ?? at) })
    requestAnimationFrame(() => {
      area?.focus()
      area?.setSelectionRange(at + liquid.length, at + liquid.length)
    })
  }
  const go = (problem: TemplateProblem) => {
    if (problem.field === 'subject') return subject.current?.focus()
    const { start, end } = lineRange(draft.body, problem.line ?? 1)
    body.current?.focus()
    body.current?.setSelectionRange(start, end)
    body.current?.scrollTo({ top: ((problem.line ?? 1) - 4) * 20 })
  }
  const marked = new Set(
    (problems ?? []).flatMap(({ field, line }) => (line && (field ?? 'body') === 'body' ? [line] : [])),
  )
  return (
    <div className="flex min-h-full flex-col lg:h-full">
      <TemplateActions
        template={stored}
        name={draft.name}
        onName={(name) => set({ name })}
        changed={changed}
        saving={saving}
        onSave={save}
      />
      {conflict && <Conflict onSettle={settle} />}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div className="flex min-w-0 flex-1 flex-col gap-4 overflow-y-auto p-4 lg:border-r">
          <Field label={t('subject')}>
            {(control) => (
              <Input
                {...control}
                ref={subject}
                disabled={!canEdit}
                value={draft.subject}
                onChange={(event) => set({ subject: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('preheader')} hint={t('preheaderHint')} optional>
            {(control) => (
              <Input
                {...control}
                disabled={!canEdit}
                value={draft.preheader}
                onChange={(event) => set({ preheader: event.target.value })}
              />
            )}
          </Field>
          <div className="flex items-center justify-between gap-2">
            <Select
              label={t('format')}
              className="!h-7 !w-28"
              disabled={!canEdit}
              value={draft.format}
              onChange={(format) => set({ format })}
              choices={(['mjml', 'html'] as const).map((value) => ({ value, label: t(`format_${value}`) }))}
            />
            {canEdit && <VariableMenu onInsert={insert} />}
          </div>
          <CodeArea
            aria-label={t('body')}
            area={body}
            disabled={!canEdit}
            value={draft.body}
            onChange={(text) => set({ body: text })}
            marked={marked}
          />
          {error ? (
            <p className="text-sm text-err">{error.message}</p>
          ) : (
            problems && <ProblemList problems={problems} warnings={warnings} onGo={go} />
          )}
          {variables.length > 0 && (
            <p className="text-xs text-ink-3">
              {t('uses')}: <span className="font-mono">{variables.join(', ')}</span>
            </p>
          )}
        </div>
        <div className="flex min-w-0 flex-1 flex-col p-4">
          <TemplatePreview
            preview={shown}
            broken={(problems ?? []).length > 0}
            busy={busy}
            failed={error !== null}
            customer={customer}
            onCustomer={setCustomer}
          />
        </div>
      </div>
    </div>
  )
}
