import { type Graph, namesIn } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../canvas/editor/editor-context.tsx'
import { perObject } from '../canvas/graph/per-object.ts'
import type { Choice } from '../ui/select.tsx'
import { attributeOffers, eventOffers, type Known, type Offer, propertyOffers } from './offers.ts'

const entryKinds = kinds.filter(({ entry }) => entry).map(({ kind }) => kind)
const ownNames = perObject((graph: Graph) => namesIn(graph, entryKinds))

/** The names fields offer, as choices that say where each is from when nothing has come in under it yet. */
export function useOffers() {
  const { t } = useTranslation('fields')
  const catalogue = useEditor((state) => state.catalogue)
  const planned = useEditor((state) => state.planned)
  const graph = useEditor((state) => state.graph)
  const journeyId = useEditor((state) => state.journeyId)
  return useMemo(() => {
    const known: Known = { catalogue, planned, own: ownNames(graph), journeyId }
    const originWords = ({ from }: Offer): string => {
      if (from.in === 'seen') return ''
      return from.in === 'draft' ? t('from_draft') : t(`from_${from.in}`, { name: from.name })
    }
    const choiceOf = (offer: Offer): Choice => ({
      value: offer.name,
      label: offer.name,
      hint:
        [originWords(offer), offer.properties.slice(0, 5).join(', ')].filter(Boolean).join(' · ') ||
        undefined,
    })
    return {
      events: () => eventOffers(known).map(choiceOf),
      /** Of some events; of all when none is named. */
      properties: (events: readonly string[]) => propertyOffers(known, events).map(choiceOf),
      attributes: () => attributeOffers(known).map(choiceOf),
    }
  }, [catalogue, planned, graph, journeyId, t])
}
