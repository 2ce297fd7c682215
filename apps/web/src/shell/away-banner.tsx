import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useAway } from './away.ts'

const dayMs = 86_400_000

/** Tells members that journeys cannot move or that the page cannot be fresh; it comes and goes by itself. */
export function AwayBanner() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const away = useAway()
  const since = away?.since
  const when = since && (Date.now() - Date.parse(since) < dayMs / 2 ? format.time : format.dayTime)(since)
  return (
    <div role="status">
      {away && (
        <p
          data-away={away.what}
          className="flex items-start gap-2 border-b bg-warn-soft px-4 py-2 text-sm text-ink md:px-8"
        >
          <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden />
          <span>
            <strong className="font-semibold">
              {when ? t(`away_${away.what}_since`, { when }) : t(`away_${away.what}`)}
            </strong>{' '}
            {t(`away_${away.what}_text`)}
          </span>
        </p>
      )}
    </div>
  )
}
