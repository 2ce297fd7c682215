import type { FailureEntry } from './entry.ts'

/** Refusals about journeys, customers, messages, templates and connections. */
export const workFailures = {
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
  attribute_is_a_group: {
    status: 409,
    title: 'A group of values',
    detail: {
      en: 'This attribute holds several values in one, and one value in its place would lose them. Nothing was changed. Choose another name, or send the whole group anew with an event or a file.',
      ru: 'В этом атрибуте сразу несколько значений, и одно значение их бы стёрло. Ничего не изменено. Выберите другое имя или пришлите всю группу заново с событием или файлом.',
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
  wait_over: {
    status: 409,
    title: 'Wait is over',
    detail: {
      en: 'The customer has moved on from this wait meanwhile, so nothing was skipped. Close this to see where they are.',
      ru: 'Клиент тем временем уже прошёл это ожидание, поэтому ничего не пропущено. Закройте окно, чтобы увидеть, где он.',
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
  template_sent_live: {
    status: 422,
    title: 'A live template would break',
    detail: {
      en: 'A live journey sends this template, and with these mistakes nothing could go out. Nothing was saved; correct what the preview names.',
      ru: 'Этот шаблон отправляет опубликованный сценарий, а с такими ошибками письма не уйдут. Ничего не сохранено; исправьте то, что называет предпросмотр.',
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
      ru: 'Через это подключение отправляет опубликованный сценарий, или это встроенная почта. Сначала выберите там другое.',
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
      ru: 'Встроенная почта не приняла письмо. Проверьте, что обработчик запущен, и попробуйте снова.',
    },
  },
} as const satisfies Record<string, FailureEntry>
