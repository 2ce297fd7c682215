import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../ui/toast.tsx'
import { useNodeName } from '../node-card.tsx'
import { useEditor, useEditorStore } from './editor-context.tsx'

/** Says changes of the canvas aloud, a moment after the last of a burst; a deletion also offers to take it back. */
export function LiveRegion() {
  const { t } = useTranslation('canvas')
  const nodeName = useNodeName()
  const store = useEditorStore()
  const announcement = useEditor((state) => state.announcement)
  const [said, setSaid] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change is said once, also when the language changes later
  useEffect(() => {
    if (!announcement) return
    const { key, node } = announcement
    const sentence = t(key, { name: node ? nodeName(node) : '' })
    if (key === 'saidDeleted') {
      const after = store.getState().graph
      // Taken back only while it is still the last change; later edits have the undo button.
      const takeBack = () => {
        if (store.getState().graph === after) store.getState().undo()
      }
      showToast({ text: sentence, onUndo: takeBack })
    }
    const timer = setTimeout(() => setSaid(sentence), 250)
    return () => clearTimeout(timer)
  }, [announcement])
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  )
}
