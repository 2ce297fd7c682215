import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { cx } from '../ui/cx.ts'
import { type TimelineItem, type TimelineType, timelineTypes } from './customer.ts'
import { TimelineRow } from './timeline-row.tsx'

interface TimelineProps {
  customerId: string
  show: TimelineType | undefined
  onShow: (show: TimelineType | undefined) => void
}

const pill =
  'h-7 rounded-full border px-2.5 text-sm whitespace-nowrap text-ink-2 hover:border-line-control aria-pressed:border-accent ' +
  'aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-text'

/** Everything that happened to the customer, newest first, under the days it happened on. */
export function Timeline({ customerId, show, onShow }: TimelineProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const list = usePagedList<TimelineItem>(
    `/customers/${customerId}/timeline`,
    { type: show },
    { every: 5000 },
  )
  const dayOf = (item: TimelineItem) => format.date(item.at)
  return (
    <section aria-label={t('timeline')}>
      <div className="mb-5 flex flex-wrap gap-1.5">
        <button
          type="button"
          aria-pressed={show === undefined}
          className={pill}
          onClick={() => onShow(undefined)}
        >
          {t('filterAll')}
        </button>
        {timelineTypes.map((type) => (
          <button
            key={type}
            type="button"
            aria-pressed={show === type}
            className={pill}
            onClick={() => onShow(show === type ? undefined : type)}
          >
            {t(`filter_${type}`)}
          </button>
        ))}
      </div>
      <ListBody
        list={list}
        empty={
          <p className="py-8 text-center text-sm text-ink-3">
            {t(show ? 'timelineNoneOfType' : 'timelineEmpty')}
          </p>
        }
      >
        <ol>
          {list.items.map((item, index) => {
            const previous = list.items[index - 1]
            const newDay = !previous || dayOf(previous) !== dayOf(item)
            return (
              <li key={`${item.type}:${item.id}`}>
                {newDay && (
                  <h3 className={cx('pb-1 text-xs font-medium text-ink-3', index > 0 && 'pt-4')}>
                    {dayOf(item)}
                  </h3>
                )}
                <TimelineRow item={item} />
              </li>
            )
          })}
        </ol>
      </ListBody>
    </section>
  )
}
