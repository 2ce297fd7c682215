import { conditionSentence, type EnrollmentState, type Plan, type Text } from '@tropa/journey'

/** What the words about a waiting enrollment are made from. */
export interface WakeContext {
  plan: Pick<Plan, 'settings'>
  when: (at: number) => Text
  /** A held message waits for a member's decision. */
  held: boolean
}

/** Everything that can move a waiting enrollment on. */
export function wakeSentences(state: EnrollmentState, { plan, when, held }: WakeContext): Text[] {
  const { pending } = state
  if (!pending) return []
  const { command } = pending
  const wakes: Text[] = []
  if (command.do === 'wait') {
    const at = when(command.until)
    wakes.push({ en: `Time is up on ${at.en}`, ru: `Время выйдет ${at.ru}` })
  }
  if (command.do === 'listen') {
    for (const { event, filter } of command.alternatives) {
      const only = filter ? conditionSentence(filter) : null
      wakes.push({
        en: `“${event}” comes${only ? `, if ${only.en}` : ''}`,
        ru: `Придёт «${event}»${only ? `, если ${only.ru}` : ''}`,
      })
    }
    const at = when(command.until)
    wakes.push({ en: `Time is up on ${at.en}`, ru: `Время выйдет ${at.ru}` })
  }
  if (command.do === 'send')
    wakes.push(
      held
        ? { en: 'A member decides about the held message', ru: 'Участник решит, что делать с сообщением' }
        : { en: 'The message goes out or is refused', ru: 'Сообщение уйдёт или получит отказ' },
    )
  for (const rule of plan.settings.exitRules) {
    const only = rule.filter ? conditionSentence(rule.filter) : null
    wakes.push({
      en: `“${rule.event}” comes${only ? `, if ${only.en}` : ''}: the customer leaves`,
      ru: `Придёт «${rule.event}»${only ? `, если ${only.ru}` : ''}: клиент выйдет`,
    })
  }
  const skippable = command.do === 'wait' || command.do === 'listen'
  wakes.push(
    skippable
      ? {
          en: 'A member skips the wait or removes the customer',
          ru: 'Участник пропустит ожидание или исключит клиента',
        }
      : { en: 'A member removes the customer', ru: 'Участник исключит клиента' },
  )
  return wakes
}
