import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, Download, ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { cx } from '../ui/cx.ts'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { LetterFrame } from './letter-frame.tsx'
import { type Mail, unsubscribeOf } from './mail.ts'
import { RawMail } from './raw-mail.tsx'

/** The ways to look at a letter, in tab order. */
export const mailViews = ['html', 'text', 'headers', 'raw'] as const

export type MailView = (typeof mailViews)[number]

const linkLook = 'inline-flex items-center gap-1 text-accent-text hover:underline'

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-3">
      <dt className="w-32 shrink-0 text-ink-3 max-md:w-24">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}

function Facts({ mail }: { mail: Mail }) {
  const { t } = useTranslation('mailbox')
  const format = useFormat()
  const unsubscribe = unsubscribeOf(mail.headers)
  return (
    <dl className="flex flex-col gap-1 text-sm">
      <Fact label={t('from')}>{mail.from}</Fact>
      <Fact label={t('to')}>
        {mail.customerId ? (
          <Link to="/customers/$customerId" params={{ customerId: mail.customerId }} className={linkLook}>
            {mail.to}
          </Link>
        ) : (
          mail.to
        )}
      </Fact>
      <Fact label={t('arrived')}>
        <span className="tabular">
          {format.dateTime(mail.receivedAt)}
          {mail.size !== undefined && ` · ${format.bytes(mail.size)}`}
        </span>
      </Fact>
      {mail.sentOnClock && (
        <Fact label={t('onClock')}>
          <span className="tabular">{format.dateTime(mail.sentOnClock)}</span>
          <span className="text-ink-3"> · {t('testRun')}</span>
        </Fact>
      )}
      <Fact label={t('passage')}>
        {mail.enrollmentId ? (
          <Link
            to="/journeys/$journeyId/enrollments/$enrollmentId"
            params={{ journeyId: mail.journeyId ?? 'any', enrollmentId: mail.enrollmentId }}
            search={{ tab: 'message', ...(mail.step === null ? {} : { step: mail.step }) }}
            className={linkLook}
          >
            {mail.journeyName ? t('openPassageOf', { journey: mail.journeyName }) : t('openPassage')}
          </Link>
        ) : (
          <span className="text-ink-2">{t('testLetter')}</span>
        )}
      </Fact>
      {unsubscribe && (
        <Fact label={t('unsubscribe')}>
          <a
            href={unsubscribe.url}
            title={unsubscribe.url}
            target="_blank"
            rel="noreferrer"
            className={cx(linkLook, 'max-w-full')}
          >
            <span className="max-w-96 truncate">{unsubscribe.url}</span>
            <ExternalLink size={13} className="shrink-0" aria-hidden />
          </a>
          {unsubscribe.oneClick && <span className="ml-2 text-xs text-ink-3">{t('oneClick')}</span>}
        </Fact>
      )}
    </dl>
  )
}

function Headers({ mail }: { mail: Mail }) {
  const { t } = useTranslation('mailbox')
  return (
    <table className="w-full text-sm" aria-label={t('view_headers')}>
      <tbody>
        {mail.headers.map((header, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat and never move
          <tr key={index} className="border-b align-top last:border-0">
            <th
              scope="row"
              className="py-1.5 pr-4 text-left font-medium whitespace-nowrap text-ink-2 max-md:whitespace-normal"
            >
              {header.name}
            </th>
            <td className="py-1.5 font-mono text-xs leading-5 break-all">{header.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface MailReaderProps {
  mailId: string
  view: MailView
  onView: (view: MailView) => void
  onBack: () => void
}

/** One letter: where it came from and why, and its four faces. */
export function MailReader({ mailId, view, onView, onBack }: MailReaderProps) {
  const { t } = useTranslation('mailbox')
  const api = useWorkspaceApi()
  const {
    data: mail,
    error,
    refetch,
  } = useQuery({
    queryKey: ['mail', mailId],
    queryFn: ({ signal }) => api.get<Mail>(`/mails/${mailId}`, signal),
    staleTime: Infinity,
  })
  if (!mail) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const none = (words: string) => <p className="text-sm text-ink-2">{words}</p>
  const content: Record<MailView, ReactNode> = {
    html: mail.html ? (
      <LetterFrame html={mail.html} title={t('letter')} className="min-h-[60vh] flex-1" links />
    ) : (
      none(t('noHtml'))
    ),
    text: mail.text ? (
      <pre className="font-sans text-sm wrap-anywhere whitespace-pre-wrap">{mail.text}</pre>
    ) : (
      none(t('noText'))
    ),
    headers: <Headers mail={mail} />,
    raw: <RawMail mailId={mail.id} />,
  }
  return (
    <article className="flex min-h-full flex-col gap-4 p-4 md:p-6">
      <button
        type="button"
        onClick={onBack}
        className="inline-flex items-center gap-1 self-start text-sm text-ink-2 hover:text-ink md:hidden"
      >
        <ChevronLeft size={14} aria-hidden />
        {t('back')}
      </button>
      <header className="flex items-start justify-between gap-4">
        <h2 className="text-lg font-semibold text-balance break-words">{mail.subject || t('noSubject')}</h2>
        <a
          href={api.path(`/mails/${mail.id}/raw`)}
          download={`${mail.id}.eml`}
          className={`${linkLook} shrink-0 text-sm`}
        >
          <Download size={14} aria-hidden />
          <span className="max-md:sr-only">{t('download')}</span>
        </a>
      </header>
      <Facts mail={mail} />
      <Tabs
        value={view}
        onChange={onView}
        label={t('letter')}
        // The letter takes all the room there is below its head.
        className="flex-1 *:[[role=tabpanel]]:flex *:[[role=tabpanel]]:flex-col"
        tabs={mailViews.map((value) => ({ value, label: t(`view_${value}`), content: content[value] }))}
      />
    </article>
  )
}
