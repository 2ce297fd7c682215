import { kinds } from '@tropa/nodes'
import { LayoutTemplate } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { Button } from '../ui/button.tsx'
import { DescribeGoal } from './describe-goal.tsx'
import { beginWith } from './editor/begin.ts'
import { useEditor, useEditorStore } from './editor/editor-context.tsx'
import { graphOf, starters } from './graph/starters.ts'
import { KindIcon } from './kind-icon.tsx'

/** What a journey without nodes offers: an entry, a goal to describe, or a starter. */
export function EmptyStart() {
  const { t } = useTranslation('canvas')
  const text = useText()
  const insert = useEditor((state) => state.insert)
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  if (!editable) return <p className="p-4 text-center text-ink-2">{t('emptyReadOnly')}</p>
  return (
    <div className="mx-auto w-full max-w-md rounded-xl border bg-surface p-6 shadow-md max-sm:p-4">
      <h2 className="text-lg font-semibold">{t('emptyTitle')}</h2>
      <p className="mt-1 text-sm text-ink-2">{t('emptyText')}</p>
      <div className="mt-4 flex flex-col gap-2">
        {kinds
          .filter((kind) => kind.entry)
          .map((kind) => (
            <Button
              key={kind.kind}
              look="primary"
              size="lg"
              icon={<KindIcon name={kind.icon} />}
              onClick={() => insert(kind, { at: { x: 0, y: 0 } })}
            >
              {t('startWith', { kind: text(kind.title) })}
            </Button>
          ))}
      </div>
      <h3 className="mt-5 mb-2 text-sm font-medium">{t('goalDescribe')}</h3>
      <DescribeGoal />
      <h3 className="mt-5 mb-2 text-sm font-medium">{t('orStarter')}</h3>
      <div className="flex flex-col gap-2">
        {starters.map((starter) => (
          <button
            key={starter.id}
            type="button"
            className="flex items-start gap-3 rounded-lg border px-3 py-2.5 text-left hover:border-line-control hover:bg-sunken"
            onClick={() => beginWith(store, graphOf(starter, text))}
          >
            <LayoutTemplate size={18} className="mt-0.5 shrink-0 text-accent-text" aria-hidden />
            <span>
              <span className="block text-sm font-medium">{text(starter.title)}</span>
              <span className="block text-xs text-ink-2">{text(starter.text)}</span>
            </span>
          </button>
        ))}
      </div>
    </div>
  )
}

/** The same in the middle of the canvas; what it does not cover stays free for dropping a block. */
export function EmptyCanvas() {
  return (
    <div className="pointer-events-none absolute inset-0 flex overflow-y-auto p-4">
      <div className="pointer-events-auto m-auto w-full max-w-md">
        <EmptyStart />
      </div>
    </div>
  )
}
