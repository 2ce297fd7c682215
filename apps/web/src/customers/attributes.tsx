import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/use-language.ts'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { IconButton } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'
import { showToast } from '../ui/toast.tsx'
import { Card } from './card.tsx'
import { attributeFrom, type Customer } from './customer.ts'
import { printValue } from './print-value.ts'

interface Draft {
  name: string
  value: string
  fresh: boolean
}

function EditAttribute({
  customerId,
  start,
  onClose,
}: {
  customerId: string
  start: Draft
  onClose: () => void
}) {
  const { t } = useTranslation('customers')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(start)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      api.patch(`/customers/${customerId}`, {
        attributes: { [draft.name.trim()]: attributeFrom(draft.value) },
      }),
    onSuccess: () => {
      showToast({ text: t('attributeSaved') })
      void queries.invalidateQueries({ queryKey: ['customer', customerId] })
      onClose()
    },
  })
  return (
    <FormDialog
      width="sm"
      title={t(start.fresh ? 'addAttribute' : 'editAttribute')}
      action={t('save')}
      busy={isPending}
      disabled={draft.name.trim() === ''}
      onSubmit={mutate}
      onClose={onClose}
    >
      <Field label={t('attributeName')}>
        {(control) => (
          <Input
            {...control}
            disabled={!draft.fresh}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('attributeValue')} hint={t('attributeHint')} error={error?.message}>
        {(control) => (
          <Input
            {...control}
            value={draft.value}
            onChange={(event) => setDraft({ ...draft, value: event.target.value })}
          />
        )}
      </Field>
    </FormDialog>
  )
}

/** What is known about the customer beyond identities; one value is changed at a time. */
export function Attributes({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const canEdit = useCanEdit()
  const [editing, setEditing] = useState<Draft | null>(null)
  const entries = Object.entries(customer.attributes)
  return (
    <Card
      title={t('attributes')}
      action={
        canEdit && (
          <IconButton
            size="sm"
            label={t('addAttribute')}
            icon={<Plus size={14} aria-hidden />}
            onClick={() => setEditing({ name: '', value: '', fresh: true })}
          />
        )
      }
    >
      {entries.length === 0 && <p className="text-sm text-ink-3">{t('noAttributes')}</p>}
      <dl className="flex flex-col gap-1 text-sm">
        {entries.map(([name, value]) => (
          <div key={name} className="group flex items-center gap-2">
            <dt className="min-w-0 flex-1 truncate text-ink-2" title={name}>
              {name}
            </dt>
            <dd className="tabular flex max-w-[60%] items-center gap-2">
              <span className="min-w-0 truncate" title={printValue(value, language)}>
                {printValue(value, language)}
              </span>
              {canEdit && (
                <IconButton
                  size="sm"
                  label={`${t('change')}: ${name}`}
                  icon={<Pencil size={12} aria-hidden />}
                  className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-md:opacity-100"
                  onClick={() => setEditing({ name, value: printValue(value, 'en'), fresh: false })}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {editing && <EditAttribute customerId={customer.id} start={editing} onClose={() => setEditing(null)} />}
    </Card>
  )
}
