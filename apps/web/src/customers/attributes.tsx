import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Eye, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/use-language.ts'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'
import { JsonView } from '../ui/json-view.tsx'
import { showToast } from '../ui/toast.tsx'
import { Card } from './card.tsx'
import { attributeFrom, type Customer, isComposite, nameTaken } from './customer.ts'
import { printValue } from './print-value.ts'

interface Attribute {
  name: string
  value: unknown
}

interface EditAttributeProps {
  customer: Customer
  /** The attribute as it stands; `null` for a new one. */
  known: Attribute | null
  onClose: () => void
}

function EditAttribute({ customer, known, onClose }: EditAttributeProps) {
  const { t } = useTranslation('customers')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const language = useLanguage()
  const [draft, setDraft] = useState({
    name: known?.name ?? '',
    value: printValue(known?.value ?? '', language),
  })
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      api.patch(`/customers/${customer.id}`, {
        attributes: { [draft.name.trim()]: attributeFrom(draft.value, language, known?.value) },
      }),
    onSuccess: () => {
      showToast({ text: t('attributeSaved') })
      void queries.invalidateQueries({ queryKey: ['customer', customer.id] })
      onClose()
    },
  })
  const taken = known ? null : nameTaken(customer.attributes, draft.name.trim())
  return (
    <FormDialog
      width="sm"
      title={t(known ? 'editAttribute' : 'addAttribute')}
      action={t('save')}
      busy={isPending}
      disabled={draft.name.trim() === '' || taken !== null}
      onSubmit={mutate}
      onClose={onClose}
    >
      <Field label={t('attributeName')} error={taken ? t(taken) : undefined}>
        {(control) => (
          <Input
            {...control}
            disabled={known !== null}
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

/** A list or a group of values, whole; it has a shape that typing would lose. */
function ViewAttribute({ known: { name, value }, onClose }: { known: Attribute; onClose: () => void }) {
  const { t } = useTranslation('customers')
  const { t: tUi } = useTranslation('ui')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={name}
      description={t('compositeHint')}
      footer={
        <Button look="primary" onClick={onClose}>
          {tUi('close')}
        </Button>
      }
    >
      <JsonView value={value} label={t('attributeValue')} />
    </Dialog>
  )
}

const openLook = 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-md:opacity-100'

function AttributeRow({ name, value, onOpen }: Attribute & { onOpen: () => void }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const canEdit = useCanEdit()
  const composite = isComposite(value)
  const Icon = composite ? Eye : Pencil
  return (
    <div className="group flex items-center gap-2">
      <dt className="min-w-0 flex-1 truncate text-ink-2" title={name}>
        {name}
      </dt>
      <dd className="tabular flex max-w-[60%] items-center gap-2">
        <span className="min-w-0 truncate" title={printValue(value, language)}>
          {printValue(value, language)}
        </span>
        {(canEdit || composite) && (
          <IconButton
            size="sm"
            label={`${t(composite ? 'look' : 'change')}: ${name}`}
            icon={<Icon size={12} aria-hidden />}
            className={openLook}
            onClick={onOpen}
          />
        )}
      </dd>
    </div>
  )
}

/** What is known about the customer beyond identities; one value is changed at a time. */
export function Attributes({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  const canEdit = useCanEdit()
  const [opened, setOpened] = useState<Attribute | 'new' | null>(null)
  const entries = Object.entries(customer.attributes)
  const known = opened === 'new' ? null : opened
  const close = () => setOpened(null)
  return (
    <Card
      title={t('attributes')}
      action={
        canEdit && (
          <IconButton
            size="sm"
            label={t('addAttribute')}
            icon={<Plus size={14} aria-hidden />}
            onClick={() => setOpened('new')}
          />
        )
      }
    >
      {entries.length === 0 && <p className="text-sm text-ink-3">{t('noAttributes')}</p>}
      <dl className="flex flex-col gap-1 text-sm">
        {entries.map(([name, value]) => (
          <AttributeRow key={name} name={name} value={value} onOpen={() => setOpened({ name, value })} />
        ))}
      </dl>
      {known && isComposite(known.value) && <ViewAttribute known={known} onClose={close} />}
      {opened && !isComposite(known?.value) && (
        <EditAttribute customer={customer} known={known} onClose={close} />
      )}
    </Card>
  )
}
