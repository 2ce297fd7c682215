import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LetterFrame } from '../../mailbox/letter-frame.tsx'
import { useConnectionName } from '../../settings/mailbox-name.ts'
import { cx } from '../../ui/cx.ts'
import type { MessageView } from '../enrollment.ts'
import { MessageChip } from '../passage-status.tsx'

const toggle =
  'h-7 rounded-md px-2.5 text-sm text-ink-2 hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-text'

/** The message as it was sent: not the template as it is now. */
export function MessagePanel({ message }: { message: MessageView }) {
  const { t } = useTranslation('replay')
  const connectionName = useConnectionName()
  const [shape, setShape] = useState<'html' | 'text'>('html')
  const rendered = message.html !== null || message.text !== null
  return (
    <div className="flex h-full min-h-96 flex-col gap-3">
      <dl className="flex flex-col gap-1 text-sm">
        <div className="flex items-center gap-3">
          <dt className="w-20 shrink-0 text-ink-3">{t('status')}</dt>
          <dd>
            <MessageChip status={message.status} />
          </dd>
        </div>
        <div className="flex gap-3">
          <dt className="w-20 shrink-0 text-ink-3">{t('to')}</dt>
          <dd className="min-w-0 break-words">{message.address ?? '–'}</dd>
        </div>
        <div className="flex gap-3">
          <dt className="w-20 shrink-0 text-ink-3">{t('subject')}</dt>
          <dd className="min-w-0 font-medium break-words">{message.subject ?? '–'}</dd>
        </div>
        {message.connection && (
          <div className="flex gap-3">
            <dt className="w-20 shrink-0 text-ink-3">{t('through')}</dt>
            <dd className="min-w-0 break-words">{connectionName(message.connection)}</dd>
          </div>
        )}
      </dl>
      {!rendered && <p className="text-sm text-ink-2">{t('noRender')}</p>}
      {rendered && (
        <>
          <div className="flex items-center gap-1">
            {(['html', 'text'] as const).map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={shape === one}
                className={toggle}
                onClick={() => setShape(one)}
              >
                {t(one)}
              </button>
            ))}
            {message.address && (
              <Link
                to="/mailbox"
                search={{ to: message.address, message: message.id }}
                className="ml-auto text-sm text-accent-text hover:underline"
              >
                {t('inMailbox')}
              </Link>
            )}
          </div>
          {shape === 'html' && message.html !== null ? (
            <LetterFrame html={message.html} title={t('letter')} className="min-h-80 flex-1" />
          ) : (
            <pre
              className={cx(
                'flex-1 overflow-auto rounded-lg border bg-surface p-3 font-sans text-sm',
                'whitespace-pre-wrap',
              )}
            >
              {message.text}
            </pre>
          )}
        </>
      )}
    </div>
  )
}
