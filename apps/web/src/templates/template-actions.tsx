import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ChevronLeft, Save, Send, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { Input } from '../ui/input.tsx'
import { showToast } from '../ui/toast.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import type { Template } from './template.ts'
import { TestSend } from './test-send.tsx'

interface TemplateActionsProps {
  template: Template
  name: string
  onName: (name: string) => void
  changed: boolean
  saving: boolean
  onSave: () => void
}

/** Ctrl or ⌘ with S saves, wherever the focus is; by the key's place, so that ЙЦУКЕН works too. */
function useSaveKey(onSave: () => void, on: boolean) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      if (on) onSave()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [onSave, on])
}

function DeleteTemplate({ template }: { template: Template }) {
  const { t } = useTranslation('templates')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending } = useMutation({
    mutationFn: () => api.delete(`/templates/${template.id}`),
    onSuccess: () => {
      showToast({ text: t('deleted') })
      void queries.invalidateQueries({ queryKey: ['list', '/templates'] })
      void navigate({ to: '/templates', ignoreBlocker: true })
    },
    onError: (error) => {
      setAsking(false)
      showToast({ text: error.message, look: 'error' })
    },
  })
  return (
    <>
      <IconButton
        label={t('delete')}
        icon={<Trash2 size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('deleteQuestion', { name: template.name })}
        description={t('deleteText')}
        action={t('delete')}
        danger
        busy={isPending}
        onConfirm={() => mutate()}
      />
    </>
  )
}

/** The head of the template editor: its name, whether it is saved, and what can be done with it. */
export function TemplateActions({ template, name, onName, changed, saving, onSave }: TemplateActionsProps) {
  const { t } = useTranslation('templates')
  const canEdit = useCanEdit()
  const [testing, setTesting] = useState(false)
  useSaveKey(onSave, canEdit && changed && !saving)
  return (
    <header className="flex flex-wrap items-center gap-2 border-b bg-surface px-4 py-2.5">
      <Link
        to="/templates"
        aria-label={t('back')}
        className="flex size-8 items-center justify-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink"
      >
        <ChevronLeft size={18} aria-hidden />
      </Link>
      <h1 className="sr-only">{name}</h1>
      <Input
        aria-label={t('name')}
        disabled={!canEdit}
        value={name}
        onChange={(event) => onName(event.target.value)}
        className="!w-72 max-w-full border-transparent !text-base text-ellipsis font-semibold hover:border-line-control max-md:!w-52"
      />
      <span className="text-xs text-ink-3" role="status">
        {canEdit ? t(changed ? 'unsaved' : 'saved') : t('readOnly')}
      </span>
      {canEdit && (
        <div className="ml-auto flex items-center gap-2">
          <DeleteTemplate template={template} />
          <Button disabled={changed} icon={<Send size={14} aria-hidden />} onClick={() => setTesting(true)}>
            {t('test')}
          </Button>
          <Tooltip text={t('saveHint')} shortcut="Ctrl S">
            <Button
              look="primary"
              busy={saving}
              disabled={!changed}
              icon={<Save size={14} aria-hidden />}
              onClick={onSave}
            >
              {t('save')}
            </Button>
          </Tooltip>
        </div>
      )}
      {testing && <TestSend templateId={template.id} name={name} onClose={() => setTesting(false)} />}
    </header>
  )
}
