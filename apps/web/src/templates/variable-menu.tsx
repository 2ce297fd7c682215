import { useQuery } from '@tanstack/react-query'
import { Braces } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { catalogueQuery } from '../journeys/journey-queries.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { liquidOf } from './template.ts'

/** Everything a letter may say about its reader, as a menu that writes Liquid at the cursor. */
export function VariableMenu({ onInsert }: { onInsert: (liquid: string) => void }) {
  const { t } = useTranslation('templates')
  const api = useWorkspaceApi()
  const { data } = useQuery(catalogueQuery(api))
  const attributes = [...new Set(['first_name', ...(data?.attributes ?? [])])]
  const properties = [...new Set((data?.events ?? []).flatMap((event) => event.properties))].sort()
  const item = (path: string, label = path): MenuItem => ({ label, onSelect: () => onInsert(liquidOf(path)) })
  const items: MenuItem[] = [
    { heading: t('groupCustomer') },
    ...attributes.slice(0, 20).map((name) => item(`customer.${name}`)),
    { heading: t('groupEvent') },
    ...properties.slice(0, 20).map((name) => item(`event.${name}`)),
    { heading: t('groupOther') },
    item('unsubscribe_url', t('varUnsubscribe')),
    item('workspace.name', t('varWorkspace')),
  ]
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <Button size="sm" icon={<Braces size={14} aria-hidden />}>
          {t('insertVariable')}
        </Button>
      }
    />
  )
}
