import { Monitor, Smartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerPicker, type PickedCustomer } from '../customers/customer-picker.tsx'
import { LetterFrame } from '../mailbox/letter-frame.tsx'
import { cx } from '../ui/cx.ts'
import { Loading } from '../ui/spinner.tsx'
import type { TemplatePreview as Preview } from './template.ts'

type Shape = 'desktop' | 'mobile' | 'textPart'

const icons: Record<Shape, ReactNode> = {
  desktop: <Monitor size={14} aria-hidden />,
  mobile: <Smartphone size={14} aria-hidden />,
  textPart: null,
}

/** What stands in the letter's place while there is none. */
function Nothing({ broken, failed }: { broken: boolean; failed: boolean }) {
  const { t } = useTranslation('templates')
  if (!broken && !failed) return <Loading />
  return (
    <p className="self-center px-6 text-center text-sm text-balance text-ink-2">
      {t(broken ? 'previewImpossible' : 'previewFailed')}
    </p>
  )
}

interface TemplatePreviewProps {
  /** The newest that could be drawn. */
  preview: Preview | null
  broken: boolean
  busy: boolean
  failed: boolean
  customer: PickedCustomer | null
  onCustomer: (customer: PickedCustomer | null) => void
}

/** The letter as it would arrive: on a desk, on a phone, as plain text, for a chosen customer. */
export function TemplatePreview(props: TemplatePreviewProps) {
  const { preview, broken, busy, failed, customer, onCustomer } = props
  const { t } = useTranslation('templates')
  const [shape, setShape] = useState<Shape>('desktop')
  return (
    <section aria-label={t('preview')} className="flex min-w-0 flex-1 flex-col gap-3" aria-busy={busy}>
      <div className="flex flex-wrap items-center gap-1">
        {(['desktop', 'mobile', 'textPart'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={shape === one}
            onClick={() => setShape(one)}
            className="inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 text-sm text-ink-2 hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-text"
          >
            {icons[one]}
            {t(one)}
          </button>
        ))}
        <div className="ml-auto flex items-center gap-2 text-sm text-ink-3">
          <span>{t('previewWith')}</span>
          <CustomerPicker
            value={customer}
            onChange={onCustomer}
            placeholder={t('previewNobody')}
            className="!w-48"
          />
        </div>
      </div>
      {broken && preview && (
        <p className="rounded-md bg-warn-soft px-3 py-1.5 text-sm">{t('previewBroken')}</p>
      )}
      {preview && (
        <p className="text-sm">
          <span className="text-ink-3">{t('previewSubject')}</span>{' '}
          <span className="font-medium">{preview.subject}</span>
        </p>
      )}
      <div
        className={cx(
          'flex min-h-96 flex-1 justify-center rounded-lg bg-sunken',
          broken && preview && 'opacity-60',
        )}
      >
        {!preview && <Nothing broken={broken} failed={failed} />}
        {preview && shape !== 'textPart' && (
          <LetterFrame
            html={preview.html}
            title={t('preview')}
            className={shape === 'mobile' ? 'max-w-[375px]' : ''}
          />
        )}
        {preview && shape === 'textPart' && (
          <pre className="w-full overflow-auto rounded-lg border bg-surface p-4 font-sans text-sm whitespace-pre-wrap">
            {preview.text}
          </pre>
        )}
      </div>
    </section>
  )
}
