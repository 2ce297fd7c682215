import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { catalogueQuery } from '../journeys/journey-queries.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { type ControlProps, Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input, NumberInput } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { showToast } from '../ui/toast.tsx'
import { type ConfigField, type Connection, fieldsOf, type Manifest, startConfig } from './connection.ts'

interface WidgetProps {
  field: ConfigField
  control: ControlProps
  value: unknown
  onChange: (value: unknown) => void
}

function Widget({ field, control, value, onChange }: WidgetProps) {
  const text = useText()
  switch (field.type) {
    case 'number':
      return (
        <NumberInput
          {...control}
          bare
          className="!w-32"
          value={typeof value === 'number' ? value : null}
          onChange={(number) => onChange(number)}
          min={field.min}
          max={field.max}
        />
      )
    case 'choice':
      return (
        <Select
          {...control}
          value={String(value)}
          onChange={onChange}
          choices={field.choices.map((one) => ({ value: one, label: one.toUpperCase() }))}
        />
      )
    case 'boolean':
      return <Checkbox checked={value === true} onChange={onChange} label={text(field.label)} />
    default:
      return (
        <Input
          {...control}
          required={field.required}
          autoComplete="off"
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value)}
        />
      )
  }
}

interface ConnectionFormProps {
  manifest: Manifest
  connection: Connection | null
  onClose: () => void
}

/** A connection's settings, drawn from its connector's manifest; secrets go in and never come out. */
export function ConnectionForm({ manifest, connection, onClose }: ConnectionFormProps) {
  const { t } = useTranslation('settings')
  const text = useText()
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const fields = fieldsOf(manifest)
  const [name, setName] = useState(connection?.name ?? text(manifest.title))
  const [config, setConfig] = useState(() => startConfig(fields, connection?.config))
  const [secrets, setSecrets] = useState<Record<string, string>>({})
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const typed = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ''))
      const body = { name: name.trim(), config, ...(Object.keys(typed).length > 0 ? { secrets: typed } : {}) }
      return connection
        ? api.patch(`/connections/${connection.id}`, body)
        : api.post('/connections', { connector: manifest.id, ...body })
    },
    onSuccess: () => {
      showToast({ text: t('saved') })
      void queries.invalidateQueries({ queryKey: ['list', '/connections'] })
      void queries.invalidateQueries({ queryKey: catalogueQuery(api).queryKey })
      onClose()
    },
  })
  const kept = (secret: string) => {
    const known = connection?.secrets[secret]
    if (!known?.isSet) return null
    return known.lastFour ? t('secretKept', { hint: `••••${known.lastFour}` }) : t('secretKeptBlind')
  }
  return (
    <FormDialog
      title={connection ? t('editConnection', { name: connection.name }) : text(manifest.title)}
      description={text(manifest.help)}
      action={t('save')}
      busy={isPending}
      onSubmit={mutate}
      onClose={onClose}
    >
      <Field label={t('connectionName')} hint={t('connectionNameHint')}>
        {(control) => (
          <Input {...control} required value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      {fields.map((field) => (
        <Field key={field.name} label={text(field.label)} hint={text(field.help)}>
          {(control) => (
            <Widget
              field={field}
              control={control}
              value={config[field.name]}
              onChange={(value) => setConfig({ ...config, [field.name]: value })}
            />
          )}
        </Field>
      ))}
      {manifest.secrets.map((secret) => (
        <Field key={secret.name} label={text(secret.label)} hint={kept(secret.name) ?? text(secret.help)}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              required={secret.required && !connection}
              value={secrets[secret.name] ?? ''}
              onChange={(event) => setSecrets({ ...secrets, [secret.name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {error && (
        <p role="alert" className="text-sm text-err">
          {error.message}
        </p>
      )}
    </FormDialog>
  )
}
