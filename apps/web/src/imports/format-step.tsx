import { useTranslation } from 'react-i18next'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import { Select } from '../ui/select.tsx'
import { type FileFormat, headerOf, type ImportJob, separators } from './import-job.ts'

interface FormatStepProps {
  job: ImportJob
  busy: boolean
  onChange: (format: Partial<Pick<FileFormat, 'separator' | 'header' | 'encoding'>>) => void
}

/** How the file is read, beside its first rows read that way. */
export function FormatStep({ job, busy, onChange }: FormatStepProps) {
  const { t } = useTranslation('imports')
  const { format } = job
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-[68ch] text-sm text-ink-2">{t('formatText')}</p>
      <div className="flex flex-wrap items-end gap-4">
        <Field label={t('separator')}>
          {(control) => (
            <Select
              {...control}
              className="!w-48"
              value={format.separator}
              onChange={(separator) => onChange({ separator })}
              choices={separators.map((value) => ({ value, label: t(`separator_${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('encoding')}>
          {(control) => (
            <Select
              {...control}
              className="!w-44"
              value={format.encoding}
              onChange={(encoding) => onChange({ encoding })}
              choices={[
                { value: 'utf-8', label: 'UTF-8' },
                { value: 'windows-1251', label: 'Windows-1251' },
              ]}
            />
          )}
        </Field>
        <div className="pb-1.5">
          <Checkbox
            checked={format.header}
            onChange={(header) => onChange({ header })}
            label={t('hasHeader')}
          />
        </div>
      </div>
      <section
        aria-label={t('sample')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable to scroll it
        tabIndex={0}
        className="overflow-x-auto rounded-lg border bg-surface"
        aria-busy={busy}
      >
        <table className="w-full text-sm" aria-label={t('sample')}>
          <thead>
            <tr className="border-b text-left text-xs text-ink-2">
              {format.columns.map((column) => (
                <th key={column.index} scope="col" className="h-9 px-3 font-medium whitespace-nowrap">
                  {headerOf(column) ?? t('columnN', { n: column.index + 1 })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {format.sampleRows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file are their line numbers
              <tr key={index} className="border-b last:border-0">
                {row.map((cell, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells are their places
                  <td key={at} className="tabular h-9 max-w-64 truncate px-3 font-mono text-xs" title={cell}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
