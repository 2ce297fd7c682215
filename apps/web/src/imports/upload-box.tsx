import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { Spinner } from '../ui/spinner.tsx'
import { showToast } from '../ui/toast.tsx'
import type { ImportJob } from './import-job.ts'

/** Takes a file by drag or by button and goes on to its import. */
export function UploadBox() {
  const { t } = useTranslation('imports')
  const api = useWorkspaceApi()
  const navigate = useNavigate()
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.set('file', file)
      return api.post<ImportJob>('/imports', form)
    },
    onSuccess: ({ id }) => void navigate({ to: '/imports/$importId', params: { importId: id } }),
  })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file, another] = event.dataTransfer.files
    if (another) showToast({ text: t('oneFile'), look: 'info' })
    if (file && !isPending) mutate(file)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the short way; the button inside does the same
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex flex-col items-center gap-2 rounded-xl border-2 border-dashed px-6 py-10 text-center transition-colors duration-120',
        over ? 'border-accent bg-accent-soft' : 'border-line-control/60 bg-surface',
      )}
    >
      <span className="flex size-12 items-center justify-center rounded-xl bg-accent-soft text-accent-text">
        {isPending ? <Spinner size={22} /> : <FileUp size={24} aria-hidden />}
      </span>
      <p className="text-lg font-semibold" aria-live="polite">
        {isPending ? t('uploading', { name: variables.name }) : t(over ? 'dropNow' : 'drop')}
      </p>
      <p className="max-w-[60ch] text-sm text-ink-2">{t('dropText')}</p>
      {error && (
        <p role="alert" className="text-sm text-err">
          {error.message}
        </p>
      )}
      <Button look="primary" className="mt-2" disabled={isPending} onClick={() => picker.current?.click()}>
        {t('chooseFile')}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".csv,.txt,.tsv,.log,.dat,text/*"
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) mutate(file)
          event.target.value = ''
        }}
      />
    </div>
  )
}
