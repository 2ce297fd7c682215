import { kinds } from '@tropa/nodes'
import { Search } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { cx } from '../ui/cx.ts'
import { useEditor, useEditorStore } from './editor/editor-context.tsx'
import type { Picker } from './editor/editor-store.ts'
import { focusNode } from './editor/focus-node.ts'
import { KindIcon } from './kind-icon.tsx'

/** The list of kinds at the cursor: type to filter, arrows, Enter; what is chosen lands where the list was asked for. */
export function NodePicker() {
  const picker = useEditor((state) => state.picker)
  const store = useEditorStore()
  const { t } = useTranslation('canvas')
  if (!picker) return null
  const { x, y } = picker.screen
  const close = () => {
    store.getState().openPicker(null)
    focusNode(store.getState().active)
  }
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor className="fixed size-0" style={{ left: x, top: y }} />
      <Popover.Portal>
        <Popover.Content
          aria-label={t('chooseKind')}
          align="start"
          side="bottom"
          sideOffset={8}
          collisionPadding={12}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-20 w-80 max-w-[calc(100vw-24px)] animate-in rounded-xl border bg-surface shadow-lg"
        >
          <PickerList picker={picker} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function PickerList({ picker }: { picker: Picker }) {
  const { t } = useTranslation('canvas')
  const text = useText()
  const store = useEditorStore()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const offered = useMemo(
    () => kinds.filter((kind) => !('behind' in picker.landing) || !kind.entry),
    [picker],
  )
  const wanted = typed.trim().toLowerCase()
  const shown = offered.filter(({ title, help, kind }) =>
    [title.en, title.ru, help.en, help.ru, kind].some((words) => words.toLowerCase().includes(wanted)),
  )
  const take = (index: number) => {
    const kind = shown[index]
    if (!kind) return
    store.getState().insert(kind, picker.landing)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((before) => Math.max(0, Math.min(shown.length - 1, before + step)))
    else if (event.key === 'Enter') take(at)
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="flex items-center gap-2 border-b px-3">
        <Search size={14} className="text-ink-3" aria-hidden />
        <input
          role="combobox"
          aria-label={t('chooseKind')}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={`${listId}-${at}`}
          placeholder={t('chooseKind')}
          className="h-10 w-full bg-transparent text-sm outline-none placeholder:text-ink-3"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={listId} role="listbox" aria-label={t('chooseKind')} className="max-h-80 overflow-y-auto p-1">
        {shown.map((kind, index) => (
          <div
            key={kind.kind}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            data-kind={kind.kind}
            className={cx(
              'flex cursor-pointer items-start gap-2.5 rounded-md px-2 py-1.5',
              index === at && 'bg-sunken',
            )}
            onMouseMove={() => setAt(index)}
            onClick={() => take(index)}
            onKeyDown={undefined}
          >
            <span className="mt-0.5 text-ink-2">
              <KindIcon name={kind.icon} />
            </span>
            <span className="min-w-0">
              <span className="block text-sm font-medium">{text(kind.title)}</span>
              <span className="block text-xs text-ink-2">{text(kind.help)}</span>
            </span>
          </div>
        ))}
        {shown.length === 0 && <p className="px-2 py-3 text-sm text-ink-3">{t('noKind')}</p>}
      </div>
    </>
  )
}
