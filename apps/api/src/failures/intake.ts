import type { FailureEntry } from './entry.ts'

/** Refusals about keys, events in and imports. */
export const intakeFailures = {
  key_missing: {
    status: 401,
    title: 'Key missing',
    detail: {
      en: 'No key was sent. Send a key of the workspace as “Authorization: Bearer …” or as the Basic user name.',
      ru: 'Ключ не передан. Передайте ключ пространства в «Authorization: Bearer …» или как имя в Basic.',
    },
  },
  key_wrong: {
    status: 401,
    title: 'Key unknown',
    detail: {
      en: 'This key does not exist or was revoked. Make a new one in Settings → API keys.',
      ru: 'Такого ключа нет, или он отозван. Создайте новый в «Настройки → Ключи API».',
    },
  },
  key_not_allowed: {
    status: 403,
    title: 'Key may not do this',
    detail: {
      en: 'A write key may only append events of anonymous visitors. Send this from your server with a secret key.',
      ru: 'Ключ записи может только добавлять события анонимных посетителей. Отправьте это с сервера с секретным ключом.',
    },
  },
  key_exposed: {
    status: 403,
    title: 'Secret key in a browser',
    detail: {
      en: 'A secret key was sent from a web page, where anybody can read it. Revoke it, and use a write key there.',
      ru: 'Секретный ключ отправлен со страницы, где его увидит любой. Отзовите его и используйте там ключ записи.',
    },
  },
  origin_not_allowed: {
    status: 403,
    title: 'Page not allowed',
    detail: {
      en: 'This key may not be used on this site: it is not among the addresses set for the key. Nothing was stored; add the site in Settings → API keys.',
      ru: 'С этого сайта ключ использовать нельзя: его нет среди адресов ключа. Ничего не сохранено; добавьте сайт в «Настройки → Ключи API».',
    },
  },
  batch_too_long: {
    status: 413,
    title: 'Too many items',
    detail: {
      en: 'A batch takes 500 items at most. Nothing was stored; send it in parts.',
      ru: 'В пакете может быть не больше 500 событий. Ничего не сохранено; отправьте по частям.',
    },
  },
  duplicate_json_key: {
    status: 400,
    title: 'Key twice in one object',
    detail: {
      en: 'An object in the body names the same key twice, so it is unclear what is meant. Nothing was stored.',
      ru: 'В теле запроса один ключ назван в объекте дважды, поэтому смысл неясен. Ничего не сохранено.',
    },
  },
  import_state_wrong: {
    status: 409,
    title: 'Not possible now',
    detail: {
      en: 'The import is in a state in which this cannot be done. Reload the page to see where it stands.',
      ru: 'Импорт сейчас в состоянии, в котором это невозможно. Обновите страницу, чтобы увидеть его состояние.',
    },
  },
  import_file_wrong: {
    status: 422,
    title: 'The file cannot be used',
    detail: {
      en: 'The file is empty or is not a table of text lines. Send a CSV or text file with one event a line.',
      ru: 'Файл пуст или это не текстовая таблица. Загрузите CSV или текст, где каждая строка — событие.',
    },
  },
  import_mapping_wrong: {
    status: 422,
    title: 'The mapping is not complete',
    detail: {
      en: 'The import cannot start: the mapping names no usable customer, time or event. Correct what “issues” names.',
      ru: 'Импорт не запустить: в сопоставлении нет клиента, времени или события. Исправьте указанное в «issues».',
    },
  },
} as const satisfies Record<string, FailureEntry>
