import type { Text } from '@tropa/journey'

/** One check of the gate: what was checked, what was found, and (kept with the message) the sentence about it. */
export interface Rung {
  rung: string
  code: string
  ok: boolean
  detail: Text
}

const sentences = {
  enrollment_active: { en: 'The customer stands at this message.', ru: 'Клиент стоит у этого сообщения.' },
  journey_live: { en: 'The journey is not paused.', ru: 'Сценарий не на паузе.' },
  journey_paused: {
    en: 'The journey is paused; the message waits.',
    ru: 'Сценарий на паузе; сообщение ждёт.',
  },
  consent_granted: { en: 'The customer agreed to email.', ru: 'Клиент согласился на письма.' },
  consent_not_needed: {
    en: 'A transactional email needs no consent.',
    ru: 'Служебному письму согласие не нужно.',
  },
  consent_missing: { en: 'The customer never agreed to email.', ru: 'Клиент не давал согласия на письма.' },
  consent_revoked: { en: 'The customer unsubscribed.', ru: 'Клиент отписался.' },
  address_found: { en: 'The customer has an email address.', ru: 'У клиента есть адрес почты.' },
  no_address: { en: 'The customer has no email address.', ru: 'У клиента нет адреса почты.' },
  address_of_another: {
    en: 'This address belongs to another customer. Correct the address of one of them, or have the two joined.',
    ru: 'Этот адрес принадлежит другому клиенту. Исправьте адрес у одного из них или объедините их.',
  },
  address_invalid: { en: 'The email address is not valid.', ru: 'Адрес почты неверен.' },
  not_suppressed: { en: 'The address is not blocked.', ru: 'Адрес не заблокирован.' },
  suppressed: {
    en: 'Mail to this address bounced or was reported as spam before.',
    ru: 'Письма на этот адрес раньше не доходили или отмечались как спам.',
  },
  not_configured: { en: 'No such limit is set.', ru: 'Такое ограничение не настроено.' },
  template_ready: { en: 'The template is ready.', ru: 'Шаблон готов.' },
  template_error: { en: 'The template has errors or is gone.', ru: 'В шаблоне ошибки или его больше нет.' },
  content_rendered: { en: 'The email was filled in.', ru: 'Письмо заполнено.' },
  connection_ready: { en: 'The connection can send.', ru: 'Подключение может отправлять.' },
  connector_disabled: {
    en: 'There is no connection to send through, or it is switched off.',
    ru: 'Нет подключения для отправки, или оно выключено.',
  },
  connection_broken: {
    en: 'The connection does not work now; the message waits.',
    ru: 'Подключение сейчас не работает; сообщение ждёт.',
  },
  retries_exhausted: {
    en: 'It could not be sent for a whole day.',
    ru: 'Целые сутки не удавалось отправить.',
  },
} satisfies Record<string, Text>

export type RungCode = keyof typeof sentences

/** A rung that was passed. */
export function passed(rung: string, code: RungCode): Rung {
  return { rung, code, ok: true, detail: sentences[code] }
}

/** A rung that stopped the message. */
export function stopped(rung: string, code: RungCode): Rung {
  return { rung, code, ok: false, detail: sentences[code] }
}
