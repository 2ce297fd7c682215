import { Link } from '@tanstack/react-router'
import { Ban, type LucideIcon, Mail, ShieldCheck, Waypoints, Zap } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage, useText } from '../i18n/use-language.ts'
import { MessageChip, TestMark } from '../replay/passage-status.tsx'
import { JsonView } from '../ui/json-view.tsx'
import type { TimelineItem, TimelineType } from './customer.ts'
import { printProperties } from './print-value.ts'
import { useSourceWords } from './use-source-words.ts'

const icons: Record<TimelineType, LucideIcon> = {
  event: Zap,
  message: Mail,
  enrollment: Waypoints,
  consent: ShieldCheck,
  rejection: Ban,
}

/** What came over the event API without a name of its own. */
const unnamed = ['$identify', '$alias', '$page', '$screen', '$group'] as const

const sources = ['api', 'import', 'system'] as const

interface PathLinkProps {
  journeyId: string
  enrollmentId: string
  step?: number
  tab?: 'message'
}

function PathLink({ journeyId, enrollmentId, step, tab }: PathLinkProps) {
  const { t } = useTranslation('customers')
  return (
    <Link
      to="/journeys/$journeyId/enrollments/$enrollmentId"
      params={{ journeyId, enrollmentId }}
      search={{ ...(step === undefined ? {} : { step }), ...(tab ? { tab } : {}) }}
      className="text-accent-text underline underline-offset-2"
    >
      {t('seeWhy')}
    </Link>
  )
}

interface Words {
  title: ReactNode
  detail?: ReactNode
  more?: unknown
}

function useWords(item: TimelineItem): Words {
  const { t } = useTranslation('customers')
  const text = useText()
  const language = useLanguage()
  const format = useFormat()
  const sourceWords = useSourceWords()
  switch (item.type) {
    case 'event': {
      const late = new Date(item.receivedAt).getTime() - new Date(item.at).getTime() > 60_000
      const source = sources.find((one) => one === item.source)
      const kind = unnamed.find((one) => one === item.name)
      return {
        title: kind ? t(`event_${kind}`) : item.name,
        detail: [
          printProperties(item.properties, language),
          source ? t(`source_${source}`) : item.source,
          late && item.source === 'api' ? t('receivedLater', { time: format.dateTime(item.receivedAt) }) : '',
        ]
          .filter(Boolean)
          .join(' · '),
        more: Object.keys(item.properties).length > 0 ? item.properties : undefined,
      }
    }
    case 'message':
      return {
        title: item.subject || (item.template ? t('emailOf', { name: item.template }) : t('channel_email')),
        detail: (
          <span className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1">
            <MessageChip status={item.status} />
            {item.subject && item.template && <span>{t('templateOf', { name: item.template })}</span>}
            {item.sentence && item.status !== 'accepted' && <span>{text(item.sentence)}</span>}
            <PathLink
              journeyId={item.journeyId}
              enrollmentId={item.enrollmentId}
              step={item.seq}
              tab="message"
            />
          </span>
        ),
      }
    case 'enrollment':
      return {
        title: `${t(item.what)}: ${item.journeyName}`,
        detail: (
          <>
            {item.what === 'moved' && `${t('movedBy', { event: item.event })} `}
            {item.what === 'ended' && item.sentence && `${text(item.sentence)} `}
            <PathLink
              journeyId={item.journeyId}
              enrollmentId={item.enrollmentId}
              {...(item.what === 'moved' ? { step: item.seq } : {})}
            />
          </>
        ),
      }
    case 'consent':
      return {
        title: `${t('consentTo', { channel: t('channel_email').toLowerCase() })}: ${t(
          item.state === 'granted' ? 'consentGranted' : 'consentRevoked',
        ).toLowerCase()}`,
        detail: [item.topic, sourceWords(item.source)].filter(Boolean).join(' · '),
      }
    case 'rejection':
      return {
        title: `${t('notEntered')}${item.journeyName ? `: ${item.journeyName}` : ''}`,
        detail: (
          <>
            {text(item.sentence)}{' '}
            {item.reason === 'reentry_not_allowed' && item.journeyId && (
              <Link
                to="/journeys/$journeyId"
                params={{ journeyId: item.journeyId }}
                search={{ setting: 'reentry' }}
                className="text-accent-text underline underline-offset-2"
              >
                {t('seeReentry')}
              </Link>
            )}
          </>
        ),
        more: item.trace ?? undefined,
      }
  }
}

/** One thing that happened: its hour, its sentence, and its data on demand. */
export function TimelineRow({ item }: { item: TimelineItem }) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const words = useWords(item)
  const [open, setOpen] = useState(false)
  const Icon = icons[item.type]
  return (
    <div className="flex gap-3 border-b py-2">
      <span className="mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full bg-sunken text-ink-2">
        <Icon size={13} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <div className="font-medium break-words">{words.title}</div>
        {words.detail && <div className="text-ink-2 break-words">{words.detail}</div>}
        {words.more !== undefined && (
          <button
            type="button"
            aria-expanded={open}
            className="text-xs text-ink-3 hover:text-ink hover:underline"
            onClick={() => setOpen(!open)}
          >
            {t('details')}
          </button>
        )}
        {open && (
          <div className="mt-2">
            <JsonView value={words.more} label={t('details')} />
          </div>
        )}
      </div>
      <span className="flex shrink-0 items-start gap-2">
        {item.test && <TestMark />}
        <time dateTime={item.at} className="tabular text-xs leading-5 text-ink-3">
          {format.time(item.at)}
        </time>
      </span>
    </div>
  )
}
