import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor } from './editor-context.tsx'

/** Says changes of the canvas aloud, a moment after the last of a burst. */
export function LiveRegion() {
  const { t } = useTranslation('canvas')
  const announcement = useEditor((state) => state.announcement)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!announcement) return
    const timer = setTimeout(() => setSaid(t(announcement.key, { name: announcement.name })), 250)
    return () => clearTimeout(timer)
  }, [announcement, t])
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  )
}
