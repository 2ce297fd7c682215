import type { Text } from '@tropa/journey'
import type { RefusalCode } from './limits.ts'

/** What each refused item is told: what is wrong with it and what to do. */
export const refusals: Record<RefusalCode, Text> = {
  not_an_object: {
    en: 'The item is not a JSON object. Send an object per event.',
    ru: 'Это не объект JSON. Отправляйте объект на каждое событие.',
  },
  event_too_large: {
    en: 'The event is larger than 32 KB. Leave out what journeys do not need.',
    ru: 'Событие больше 32 КБ. Уберите то, что не нужно сценариям.',
  },
  too_deep: {
    en: 'The event is nested deeper than 10 levels. Flatten it.',
    ru: 'Вложенность события больше 10 уровней. Упростите структуру.',
  },
  too_many_keys: {
    en: 'An object in the event has more than 255 keys. Split it.',
    ru: 'В объекте события больше 255 ключей. Разделите его.',
  },
  string_too_long: {
    en: 'A text in the event is longer than 8,192 characters. Shorten it.',
    ru: 'Текст в событии длиннее 8192 знаков. Сократите его.',
  },
  text_not_storable: {
    en: 'A text in the event holds a NUL or half a character. Send clean UTF-8.',
    ru: 'В тексте события есть NUL или половина символа. Отправляйте чистый UTF-8.',
  },
  forbidden_key: {
    en: 'The keys __proto__, constructor and prototype are not taken. Rename it.',
    ru: 'Ключи __proto__, constructor и prototype не принимаются. Переименуйте.',
  },
  number_too_large: {
    en: 'The number is too large to be kept as it is. Send a smaller one, or send it as text.',
    ru: 'Число слишком велико, чтобы сохранить его точно. Отправьте меньшее или передайте его текстом.',
  },
  shape_wrong: {
    en: 'The value has the wrong type for this field. See the API page at /docs.',
    ru: 'Значение не того типа для этого поля. Смотрите страницу API: /docs.',
  },
  type_unknown: {
    en: 'The item’s “type” must be track, identify, page, screen, group or alias.',
    ru: 'Поле «type» должно быть track, identify, page, screen, group или alias.',
  },
  name_missing: {
    en: 'The event has no name. Put it in “event” (at most 200 characters).',
    ru: 'У события нет имени. Укажите его в «event» (до 200 знаков).',
  },
  name_reserved: {
    en: 'Event names that begin with $ are ours. Choose another name.',
    ru: 'Имена событий на $ зарезервированы. Выберите другое имя.',
  },
  customer_missing: {
    en: 'Nobody is named. Send “userId” or “anonymousId”, or a complete email or international phone among the traits.',
    ru: 'Не указано, чьё это событие. Передайте «userId» или «anonymousId» либо полный адрес почты или телефон с + в traits.',
  },
  identifier_too_long: {
    en: 'An identifier is longer than 256 characters. Send a shorter, stable id.',
    ru: 'Идентификатор длиннее 256 знаков. Передайте короткий постоянный идентификатор.',
  },
  message_id_too_long: {
    en: 'The message id is longer than 128 characters. A UUID is enough.',
    ru: 'messageId длиннее 128 знаков. Достаточно UUID.',
  },
  timestamp_wrong: {
    en: 'The timestamp is not an ISO 8601 date and time. Send e.g. 2026-01-31T12:00:00Z.',
    ru: 'timestamp — не дата и время ISO 8601. Например: 2026-01-31T12:00:00Z.',
  },
  needs_secret_key: {
    en: 'A write key is public and may not name known people, contacts or consents. Send this from a server with a secret key.',
    ru: 'Ключ записи виден всем и не может называть известных людей, контакты и согласия. Отправьте это с сервера с секретным ключом.',
  },
}
