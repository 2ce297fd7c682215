import { defineNode, type Output } from '@tropa/journey'
import { z } from 'zod'
import { listedOutputs, outputIdsClash, shares } from './fields.ts'

const config = z.object({
  shares: shares({
    label: { en: 'Shares', ru: 'Доли' },
    help: {
      en: 'Together 100 %. A customer always falls into the same share of this block',
      ru: 'Вместе 100 %. Клиент всегда попадает в одну и ту же долю этого блока',
    },
  }),
})

function outputsFrom(draft: Record<string, unknown>): Output[] {
  return listedOutputs(draft.shares).map(({ id, label, share }, index) => {
    const words = `${nameOf(label, index)} · ${typeof share === 'number' ? share : 0} %`
    return { id, label: { en: words, ru: words } }
  })
}

/** What a share is called: as its author says, else by the letter of its place. */
function nameOf(label: string, index: number): string {
  return label.trim() || String.fromCharCode(65 + index)
}

export const randomSplit = defineNode<z.infer<typeof config>, string>({
  kind: 'random_split',
  group: 'logic',
  icon: 'shuffle',
  title: { en: 'Split', ru: 'Деление' },
  help: { en: 'Divides customers by chance, for good', ru: 'Делит клиентов случайно и навсегда' },
  config,
  initial: {
    shares: [
      { id: 'a', label: 'A', share: 50 },
      { id: 'b', label: 'B', share: 50 },
    ],
  },
  outputs: {},
  outputsFrom,
  summary: ({ shares: listed }) => {
    const words = listed.map(({ label, share }, index) => `${nameOf(label, index)} ${share} %`).join(' · ')
    return { en: words, ru: words }
  },
  check: ({ shares: listed }) => {
    const total = listed.reduce((sum, { share }) => sum + share, 0)
    const ids = new Set(listed.map(({ id }) => id))
    return [
      ...(Math.abs(total - 100) > 1e-9
        ? [
            {
              code: 'shares_not_100',
              severity: 'error' as const,
              field: 'shares',
              text: {
                en: `The shares add up to ${total} %, not 100 %.`,
                ru: `Сумма долей ${total} %, а не 100 %.`,
              },
              fix: {
                en: 'Change the shares so that they make 100 %.',
                ru: 'Измените доли так, чтобы вышло 100 %.',
              },
            },
          ]
        : []),
      ...(ids.size < listed.length ? [outputIdsClash('shares')] : []),
    ]
  },
  run: ({ config: { shares: listed }, bucket, nodeId }) => {
    const place = bucket(nodeId)
    let edge = 0
    const taken = listed.find(({ share }) => {
      edge += share / 100
      return place < edge
    })
    const chosen = (taken ?? listed.findLast(({ share }) => share > 0))?.id ?? ''
    return {
      do: 'go',
      output: chosen,
      decision: {
        by: 'split',
        bucket: place,
        shares: listed.map(({ id, share }) => ({ output: id, share })),
        chosen,
      },
    }
  },
  examples: [
    {
      title: { en: 'Everybody into one share', ru: 'Все в одну долю' },
      config: {
        shares: [
          { id: 'a', label: 'A', share: 100 },
          { id: 'b', label: 'B', share: 0 },
        ],
      },
      expect: { output: 'a', waitedMs: 0 },
    },
  ],
})
