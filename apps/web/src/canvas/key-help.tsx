import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { keyHelp } from './editor/keys.ts'

/** The list of keys the canvas knows. */
export function KeyHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('canvas')
  const mac = navigator.userAgent.includes('Mac')
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('keys')} width="sm">
      <dl className="flex flex-col">
        {keyHelp.map(({ keys, command }) => (
          <div
            key={command}
            className="flex items-center justify-between gap-4 border-b py-1.5 text-sm last:border-0"
          >
            <dt>{t(`key_${command}`)}</dt>
            <dd className="flex gap-1">
              {keys.split(/\s+/).map((key) => (
                <Kbd key={key}>{mac ? key : key.replace('⇧⌘', 'Ctrl+Shift+').replace('⌘', 'Ctrl+')}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
