import type { FailureEntry } from './entry.ts'

/** Refusals of any request, whatever it asks for. */
export const requestFailures = {
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
  not_found: {
    status: 404,
    title: 'Not found',
    detail: {
      en: 'This does not exist, or no longer does. Check the address.',
      ru: 'Этого нет или уже нет. Проверьте адрес.',
    },
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    detail: {
      en: 'This address does not take this method. Send one of those in Allow.',
      ru: 'Этот адрес не принимает такой метод. Отправьте один из указанных в Allow.',
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
} as const satisfies Record<string, FailureEntry>
