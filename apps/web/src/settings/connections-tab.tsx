import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { Button } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import type { Connection, Manifest } from './connection.ts'
import { ConnectionForm } from './connection-form.tsx'
import { ConnectionRow } from './connection-row.tsx'
import { TabHead } from './tab-head.tsx'
import { useManages } from './use-manages.ts'

/** What messages go out through, and the form to add or change one. */
export function ConnectionsTab() {
  const { t } = useTranslation('settings')
  const text = useText()
  const manages = useManages()
  const list = usePagedList<Connection>('/connections')
  const connectors = usePagedList<Manifest>('/connectors')
  const [open, setOpen] = useState<{ manifest: Manifest; connection: Connection | null } | null>(null)
  const edit = (connection: Connection) => {
    const manifest = connectors.items.find(({ id }) => id === connection.connector)
    if (manifest) setOpen({ manifest, connection })
  }
  const button = (
    <Button look="primary" icon={<Plus size={14} aria-hidden />}>
      {t('newConnection')}
    </Button>
  )
  return (
    <>
      <TabHead
        text={t('connectionsText')}
        action={
          manages && (
            <Menu
              trigger={button}
              items={connectors.items.map((manifest) => ({
                label: text(manifest.title),
                onSelect: () => setOpen({ manifest, connection: null }),
              }))}
            />
          )
        }
      />
      <ListBody list={list} empty={null}>
        <ul className="flex flex-col gap-3">
          {list.items.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              title={text(
                connectors.items.find(({ id }) => id === connection.connector)?.title ?? {
                  en: connection.connector,
                  ru: connection.connector,
                },
              )}
              onEdit={() => edit(connection)}
            />
          ))}
        </ul>
      </ListBody>
      {open && <ConnectionForm {...open} onClose={() => setOpen(null)} />}
    </>
  )
}
