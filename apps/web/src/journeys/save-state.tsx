import { Check, CloudOff, OctagonX, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SaveState } from '../canvas/editor/autosave.ts'
import { cx } from '../ui/cx.ts'
import { Spinner } from '../ui/spinner.tsx'

const looks: Record<SaveState['at'], string> = {
  saved: 'text-ink-3',
  changed: 'text-ink-3',
  saving: 'text-ink-3',
  offline: 'text-warn',
  refused: 'text-err',
  conflict: 'text-err',
}

/** How saving stands, always in sight: saved, saving, offline, refused, conflict. */
export function SaveStateView({ state }: { state: SaveState }) {
  const { t } = useTranslation('journeys')
  return (
    <span
      role="status"
      data-save-state={state.at}
      title={state.at === 'refused' ? state.sentence : t(`saveHint_${state.at}`)}
      className={cx('flex items-center gap-1.5 text-xs whitespace-nowrap', looks[state.at])}
    >
      {state.at === 'saved' && <Check size={14} aria-hidden />}
      {(state.at === 'saving' || state.at === 'changed') && <Spinner size={13} />}
      {state.at === 'offline' && <CloudOff size={14} aria-hidden />}
      {state.at === 'refused' && <OctagonX size={14} aria-hidden />}
      {state.at === 'conflict' && <TriangleAlert size={14} aria-hidden />}
      <span className="max-sm:sr-only">{t(`save_${state.at}`)}</span>
    </span>
  )
}
