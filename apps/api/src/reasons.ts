import { lateWindowDays } from '@tropa/db/late-window'
import type { Text } from '@tropa/journey'

/** How bad it is: as designed, worth a look, or broken. */
export type Severity = 'expected' | 'attention' | 'broken'

interface Reason {
  severity: Severity
  text: Text
}

const reason = (severity: Severity, en: string, ru: string): Reason => ({ severity, text: { en, ru } })

/** The closed list of why something did not happen or ended. */
export const reasons = {
  entry_not_matched: reason(
    'expected',
    'The event is not the one of the entry.',
    'Событие не то, что у входа.',
  ),
  entry_filter_false: reason('expected', 'The entry’s filter was not met.', 'Фильтр входа не выполнен.'),
  entry_unknown_data: reason(
    'attention',
    'Data that the entry’s filter needs was not there.',
    'Не было данных, которые нужны фильтру входа.',
  ),
  entry_key_missing: reason(
    'attention',
    'The event has no usable value of the property by which the entry keeps passages apart.',
    'В событии нет пригодного значения свойства, по которому вход различает прохождения.',
  ),
  too_old: reason(
    'attention',
    `The event came more than ${lateWindowDays} days after it had happened. It is kept, but starts and wakes nothing.`,
    `Событие пришло больше чем через ${lateWindowDays} дней после того, как произошло. Мы его храним, но оно ничего не начинает и никого не двигает.`,
  ),
  entry_limit: reason('expected', 'The entry limit was reached.', 'Достигнут предел входов.'),
  entry_window_closed: reason(
    'expected',
    'The event came too late to let in.',
    'Событие пришло слишком поздно.',
  ),
  reentry_not_allowed: reason(
    'expected',
    'The customer was here already, and the re-entry rule does not let them in again.',
    'Клиент здесь уже был, и правило повторного входа больше его не впускает.',
  ),
  journey_not_live: reason('attention', 'The journey was not live.', 'Сценарий не был опубликован.'),
  journey_paused: reason('attention', 'The journey was paused.', 'Сценарий был на паузе.'),
  consent_missing: reason(
    'expected',
    'The customer never agreed to email.',
    'Клиент не давал согласия на письма.',
  ),
  consent_revoked: reason('expected', 'The customer unsubscribed.', 'Клиент отписался.'),
  channel_policy: reason('expected', 'The channel’s rules do not allow it.', 'Не разрешают правила канала.'),
  suppressed: reason(
    'attention',
    'Mail to this address bounced or was reported as spam before.',
    'Письма на этот адрес раньше не доходили или отмечались как спам.',
  ),
  blocked_by_customer: reason(
    'expected',
    'The customer blocked the sender.',
    'Клиент заблокировал отправителя.',
  ),
  address_of_another: reason(
    'attention',
    'This address belongs to another customer. Correct the address of one of them, or have the two joined.',
    'Этот адрес принадлежит другому клиенту. Исправьте адрес у одного из них или объедините их.',
  ),
  no_address: reason('attention', 'The customer has no email address.', 'У клиента нет адреса почты.'),
  address_invalid: reason('attention', 'The email address is not valid.', 'Адрес почты неверен.'),
  quiet_hours_delayed: reason(
    'expected',
    'It waits for the end of the quiet hours.',
    'Ждёт конца тихих часов.',
  ),
  quiet_hours_skipped: reason('expected', 'It fell into the quiet hours.', 'Попало на тихие часы.'),
  frequency_cap: reason(
    'expected',
    'The customer got enough messages already.',
    'Клиент уже получил достаточно сообщений.',
  ),
  priority_lost: reason(
    'expected',
    'Another journey took the last slot.',
    'Последнее место занял другой сценарий.',
  ),
  budget_exhausted: reason('attention', 'The budget is used up.', 'Бюджет исчерпан.'),
  holdout: reason('expected', 'The customer is in the control group.', 'Клиент в контрольной группе.'),
  duplicate: reason('expected', 'The same message went out already.', 'Такое сообщение уже отправлено.'),
  too_late: reason('attention', 'It was too late to send it.', 'Отправлять было уже поздно.'),
  template_error: reason(
    'broken',
    'The template has errors or is gone.',
    'В шаблоне ошибки или его больше нет.',
  ),
  empty_content: reason('broken', 'The message came out empty.', 'Сообщение получилось пустым.'),
  missing_variable: reason(
    'broken',
    'The template needs data that is not there. Give the variable a default.',
    'В шаблоне нужны данные, которых нет. Задайте значение по умолчанию.',
  ),
  catalog_item_unavailable: reason('attention', 'The item is not available.', 'Товара нет в наличии.'),
  promo_pool_empty: reason('broken', 'There are no promo codes left.', 'Промокоды закончились.'),
  connector_disabled: reason(
    'broken',
    'There is no connection to send through, or it is switched off.',
    'Нет подключения для отправки, или оно выключено.',
  ),
  connector_auth: reason('broken', 'The provider refused the login.', 'Провайдер не принял вход.'),
  connection_broken: reason(
    'broken',
    'The connection does not work now; the message waits.',
    'Подключение сейчас не работает; сообщение ждёт.',
  ),
  provider_rejected: reason('attention', 'The mail server refused the message.', 'Почтовый сервер отказал.'),
  provider_temporary: reason(
    'expected',
    'The mail server asked to try later; it will be tried again.',
    'Сервер просит повторить позже; отправка повторится.',
  ),
  provider_timeout: reason(
    'attention',
    'The mail server did not answer in time.',
    'Сервер не ответил вовремя.',
  ),
  outcome_unknown: reason(
    'attention',
    'The answer was lost: the message may have been taken or not.',
    'Ответ потерян: сообщение могли принять, а могли и нет.',
  ),
  retries_exhausted: reason(
    'broken',
    'It could not be sent for a whole day.',
    'Целые сутки не удавалось отправить.',
  ),
  goal_reached: reason('expected', 'The goal was reached.', 'Цель достигнута.'),
  exit_rule: reason('expected', 'An exit rule ended it.', 'Сработало правило выхода.'),
  end: reason('expected', 'The path ended here.', 'Путь здесь закончился.'),
  exit_node: reason('expected', 'It came to an exit.', 'Дошёл до блока «Выход».'),
  loop_limit: reason('broken', 'It went round too often.', 'Слишком много повторов.'),
  loop_without_wait: reason(
    'broken',
    'It went round a loop without a wait and was stopped.',
    'Цикл без ожидания; прохождение остановлено.',
  ),
  core_error: reason('broken', 'A block could not do its work.', 'Блок не смог выполнить свою работу.'),
  removed_by_member: reason('expected', 'A member removed the customer.', 'Участник исключил клиента.'),
  migrated_version: reason('expected', 'It was moved to another version.', 'Перенесено на другую версию.'),
  customer_merged: reason(
    'expected',
    'The customer was merged with another who was in this journey already; that one goes on.',
    'Клиент объединён с другим, кто уже был в этом сценарии; тот и продолжает путь.',
  ),
  customer_deleted: reason('expected', 'The customer was deleted.', 'Клиент удалён.'),
  internal_error: reason(
    'broken',
    'Our own error: report it with the time.',
    'Наша ошибка: сообщите о ней и времени.',
  ),
} as const satisfies Record<string, Reason>

export type ReasonCode = keyof typeof reasons

/** Why an enrollment ended, with the name that the end was given: an exit's reason, a goal, what a block complained of. */
export function endText(code: string, label: string | null): Text {
  if (!label) return reasonText(code)
  if (code === 'exit_node')
    return { en: `It came to the exit “${label}”.`, ru: `Дошёл до выхода «${label}».` }
  if (code === 'goal_reached')
    return { en: `The goal “${label}” was reached.`, ru: `Цель «${label}» достигнута.` }
  const { en, ru } = reasonText(code)
  return { en: `${en} ${label}`, ru: `${ru} ${label}` }
}

/** The sentence of a reason code; a code nobody listed is shown as it is. */
export function reasonText(code: string): Text {
  return Object.hasOwn(reasons, code) ? reasons[code as ReasonCode].text : { en: code, ru: code }
}
