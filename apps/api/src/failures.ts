import type { Text } from '@tropa/journey'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

interface Entry {
  status: ContentfulStatusCode
  title: string
  detail: Text
}

/** Every way a request can be refused: stable code, HTTP status, and a sentence that says what to do. */
export const failures = {
  not_signed_in: {
    status: 401,
    title: 'Not signed in',
    detail: {
      en: 'You are not signed in. Sign in and try again.',
      ru: 'Вы не вошли. Войдите и попробуйте снова.',
    },
  },
  wrong_origin: {
    status: 403,
    title: 'Wrong origin',
    detail: {
      en: 'This request came from another site. Open Tropa at its own address and try again.',
      ru: 'Запрос пришёл с другого сайта. Откройте Тропу по её адресу и попробуйте снова.',
    },
  },
  not_a_member: {
    status: 403,
    title: 'Not a member',
    detail: {
      en: 'There is no such workspace, or you are not a member of it. Ask its owner for an invitation.',
      ru: 'Такого пространства нет, или вы в нём не участник. Попросите приглашение у владельца.',
    },
  },
  not_allowed: {
    status: 403,
    title: 'Not allowed',
    detail: {
      en: 'Your role does not allow this. Ask an owner or admin of the workspace.',
      ru: 'Ваша роль этого не позволяет. Обратитесь к владельцу или администратору пространства.',
    },
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: {
      en: 'This does not exist, or no longer does. Check the address.',
      ru: 'Этого нет или уже нет. Проверьте адрес.',
    },
  },
  malformed_body: {
    status: 400,
    title: 'Malformed body',
    detail: {
      en: 'The body is not valid JSON. Check it and send it again.',
      ru: 'Тело запроса — не JSON. Проверьте его и отправьте снова.',
    },
  },
  wrong_media_type: {
    status: 415,
    title: 'Wrong media type',
    detail: {
      en: 'The body has a type this address does not take. Send application/json.',
      ru: 'Тип тела запроса здесь не подходит. Отправьте application/json.',
    },
  },
  body_too_large: {
    status: 413,
    title: 'Body too large',
    detail: {
      en: 'The body is larger than this address takes. Send less at once.',
      ru: 'Тело запроса слишком большое. Отправьте меньше за раз.',
    },
  },
  body_wrong: {
    status: 422,
    title: 'Wrong values',
    detail: {
      en: 'Some values are missing or cannot be used. Correct the fields named in “issues”.',
      ru: 'Некоторых значений нет или они не подходят. Исправьте поля из «issues».',
    },
  },
  query_wrong: {
    status: 422,
    title: 'Wrong parameters',
    detail: {
      en: 'A parameter in the address cannot be used. Correct those named in “issues”.',
      ru: 'Параметр в адресе не подходит. Исправьте названные в «issues».',
    },
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    detail: {
      en: 'Too many requests at once. Wait for the time in Retry-After and try again.',
      ru: 'Слишком много запросов сразу. Подождите время из Retry-After и попробуйте снова.',
    },
  },
  unavailable: {
    status: 503,
    title: 'Not available now',
    detail: {
      en: 'The database cannot be reached right now. Nothing was changed; try again in a moment.',
      ru: 'База данных сейчас недоступна. Ничего не изменилось; попробуйте чуть позже.',
    },
  },
  temporal_unavailable: {
    status: 503,
    title: 'Not available now',
    detail: {
      en: 'The workflow service cannot be reached right now. Try again in a moment.',
      ru: 'Сервис исполнения сейчас недоступен. Попробуйте чуть позже.',
    },
  },
  internal_error: {
    status: 500,
    title: 'Internal error',
    detail: {
      en: 'Something went wrong on our side. Try again; if it stays, report the request id.',
      ru: 'Ошибка на нашей стороне. Попробуйте снова; если не пройдёт, сообщите номер запроса.',
    },
  },
  setup_done: {
    status: 409,
    title: 'Setup is done',
    detail: {
      en: 'This installation already has an owner. Sign in instead.',
      ru: 'У этой установки уже есть владелец. Войдите.',
    },
  },
  setup_token_wrong: {
    status: 403,
    title: 'Wrong setup link',
    detail: {
      en: 'This link does not permit creating the owner. Open the one printed when the server started.',
      ru: 'Эта ссылка не даёт права создать владельца. Откройте ту, что напечатана при запуске сервера.',
    },
  },
  email_taken: {
    status: 409,
    title: 'Email taken',
    detail: {
      en: 'Somebody with this email already has an account. Sign in, or use another email.',
      ru: 'С этой почтой уже есть учётная запись. Войдите или укажите другую почту.',
    },
  },
  invitation_gone: {
    status: 410,
    title: 'Invitation gone',
    detail: {
      en: 'This invitation was used, withdrawn or is too old. Ask for a new one.',
      ru: 'Приглашение использовано, отозвано или устарело. Попросите новое.',
    },
  },
  already_member: {
    status: 409,
    title: 'Already a member',
    detail: {
      en: 'This person is already a member of the workspace. Change their role instead.',
      ru: 'Этот человек уже участник пространства. Измените его роль.',
    },
  },
  last_owner: {
    status: 409,
    title: 'Last owner',
    detail: {
      en: 'A workspace needs an owner. Make somebody else an owner first.',
      ru: 'У пространства должен быть владелец. Сначала назначьте владельцем кого-то ещё.',
    },
  },
  owner_only: {
    status: 403,
    title: 'Owners only',
    detail: {
      en: 'Only an owner may give, change or take the owner role. Ask an owner.',
      ru: 'Давать, менять и снимать роль владельца может только владелец. Обратитесь к нему.',
    },
  },
  version_conflict: {
    status: 409,
    title: 'Changed meanwhile',
    detail: {
      en: 'Somebody has changed this since you opened it. Compare both and choose; nothing was overwritten.',
      ru: 'Пока вы правили, это изменил кто-то ещё. Сравните и выберите; ничего не перезаписано.',
    },
  },
  graph_shape_wrong: {
    status: 422,
    title: 'Not a graph',
    detail: {
      en: 'This is not the shape of a journey graph. The draft was not changed; see “issues”.',
      ru: 'Это не похоже на граф сценария. Черновик не изменён; смотрите «issues».',
    },
  },
  draft_has_errors: {
    status: 422,
    title: 'The draft has errors',
    detail: {
      en: 'The draft has errors, so it was not published. Mend those listed in “problems”.',
      ru: 'В черновике есть ошибки, поэтому он не опубликован. Исправьте перечисленное в «problems».',
    },
  },
  journey_not_published: {
    status: 409,
    title: 'Not published',
    detail: {
      en: 'This journey has no live version. Publish it first.',
      ru: 'У этого сценария нет опубликованной версии. Сначала опубликуйте его.',
    },
  },
  journey_archived: {
    status: 409,
    title: 'Archived',
    detail: {
      en: 'This journey is archived. Duplicate it to work on it again.',
      ru: 'Сценарий в архиве. Сделайте копию, чтобы снова с ним работать.',
    },
  },
  identifier_taken: {
    status: 409,
    title: 'Identifier taken',
    detail: {
      en: 'Another customer already has this identifier. Open that customer instead.',
      ru: 'Этот идентификатор уже есть у другого клиента. Откройте того клиента.',
    },
  },
  enrollment_ended: {
    status: 409,
    title: 'Already ended',
    detail: {
      en: 'This enrollment has already ended, so nothing was changed.',
      ru: 'Прохождение уже закончилось, поэтому ничего не изменилось.',
    },
  },
  not_waiting: {
    status: 409,
    title: 'Not waiting',
    detail: {
      en: 'The customer is not in a wait now, so there is nothing to skip. Reload the page.',
      ru: 'Клиент сейчас не в ожидании, пропускать нечего. Обновите страницу.',
    },
  },
  message_not_held: {
    status: 409,
    title: 'Not held',
    detail: {
      en: 'This message is not held for a decision any more. Reload the page.',
      ru: 'Это сообщение больше не ждёт решения. Обновите страницу.',
    },
  },
  template_in_use: {
    status: 409,
    title: 'Template in use',
    detail: {
      en: 'A live journey sends this template. Publish those journeys with another one first.',
      ru: 'Этот шаблон отправляет опубликованный сценарий. Сначала опубликуйте его с другим шаблоном.',
    },
  },
  template_has_problems: {
    status: 422,
    title: 'The template has problems',
    detail: {
      en: 'The template cannot be sent while it has problems. Mend those listed in “problems”.',
      ru: 'Пока в шаблоне есть ошибки, отправить его нельзя. Исправьте перечисленное в «problems».',
    },
  },
  template_not_rendered: {
    status: 422,
    title: 'The template cannot be filled in',
    detail: {
      en: 'The template cannot be filled in with this data. Give missing variables a default.',
      ru: 'Шаблон не заполняется этими данными. Задайте значения по умолчанию.',
    },
  },
  connection_in_use: {
    status: 409,
    title: 'Connection in use',
    detail: {
      en: 'A live journey sends through this connection, or it is the built-in mailbox. Choose another one there first.',
      ru: 'Через это подключение отправляет опубликованный сценарий, или это встроенный ящик. Сначала выберите там другое.',
    },
  },
  connection_wrong: {
    status: 422,
    title: 'Wrong connection settings',
    detail: {
      en: 'The settings of this connection are incomplete or wrong. Correct the fields named in “issues”.',
      ru: 'Настройки подключения неполны или неверны. Исправьте поля из «issues».',
    },
  },
  mailbox_unavailable: {
    status: 503,
    title: 'Mailbox not available',
    detail: {
      en: 'The built-in mailbox did not take the mail. Check that the worker runs, then try again.',
      ru: 'Встроенный ящик не принял письмо. Проверьте, что обработчик запущен, и попробуйте снова.',
    },
  },
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
      en: 'This key does not exist or was revoked. Make a new one in Settings → Keys.',
      ru: 'Такого ключа нет, или он отозван. Создайте новый в «Настройки → Ключи».',
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
} as const satisfies Record<string, Entry>

export type FailureCode = keyof typeof failures
