import type { Enrollment } from '../enrollment.ts'

/** The sides from which a step can be looked at, in their order. */
export const stepTabs = ['why', 'data', 'attempts', 'message', 'raw'] as const

export type StepTab = (typeof stepTabs)[number]

type Passage = {
  steps: readonly Pick<Enrollment['steps'][number], 'seq' | 'message'>[]
  pending: Pick<NonNullable<Enrollment['pending']>, 'message'> | null
}

/** The tabs of a step, or of the place where the customer stands now: the key 1 opens the first of them, and so on. */
export function tabsAt({ steps, pending }: Passage, seq: number): readonly StepTab[] {
  const step = steps.find((one) => one.seq === seq)
  const message = step ? step.message : pending?.message
  return message ? stepTabs : stepTabs.filter((one) => one !== 'attempts' && one !== 'message')
}
