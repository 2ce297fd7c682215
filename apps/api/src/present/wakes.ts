import {
  type Condition,
  conditionSentence,
  type EnrollmentState,
  named,
  ownKeyOf,
  type Plan,
  quoted,
  type Text,
} from '@tropa/journey'

/** What the words about a waiting enrollment are made from. */
export interface WakeContext {
  plan: Pick<Plan, 'settings' | 'entries'>
  when: (at: number) => Text
  /** A held message waits for a member's decision. */
  held: boolean
}

/** Everything that can move a waiting enrollment on. */
export function wakeSentences(state: EnrollmentState, { plan, when, held }: WakeContext): Text[] {
  const { pending } = state
  if (!pending) return []
  const comes = comingOf(ownKeyOf(plan, state))
  const { command } = pending
  const wakes: Text[] = []
  if (command.do === 'wait') {
    const at = when(command.until)
    wakes.push({ en: `Time is up on ${at.en}`, ru: `Время выйдет ${at.ru}` })
  }
  if (command.do === 'listen') {
    wakes.push(...command.alternatives.map(comes))
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
    const { en, ru } = comes(rule)
    wakes.push({ en: `${en}: the customer leaves`, ru: `${ru}: клиент выйдет` })
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

/** How a sentence says that an event comes: with the passage's own key, or none, where passages are told apart by one. */
function comingOf(key: ReturnType<typeof ownKeyOf>) {
  const [property, value] = key ? [named(key.property), quoted(key.value)] : []
  const of: Text =
    property && value
      ? {
          en: ` with ${property.en} ${value.en} or none`,
          ru: `, где ${property.ru} — ${value.ru} или не указано`,
        }
      : { en: '', ru: '' }
  return ({ event, filter }: { event: string; filter?: Condition | undefined }): Text => {
    const only = filter ? conditionSentence(filter) : null
    return {
      en: `“${event}” comes${of.en}${only ? `, if ${only.en}` : ''}`,
      ru: `Придёт «${event}»${of.ru}${only ? `, если ${only.ru}` : ''}`,
    }
  }
}
