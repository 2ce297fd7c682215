import type { Text } from '@tropa/journey'
import { maxPasswordLength, minPasswordLength } from '../auth.ts'
import { signInRate } from '../sign-in-limit.ts'

/** What better-auth's refusals mean for whoever signs in or changes their own account; it speaks English only. */
const byCode: Record<string, Text> = {
  INVALID_EMAIL_OR_PASSWORD: {
    en: 'The email or the password is wrong. Check both and try again.',
    ru: 'Почта или пароль неверны. Проверьте их и попробуйте снова.',
  },
  INVALID_EMAIL: {
    en: 'This is not an email address. Write it as anna@example.com.',
    ru: 'Это не адрес почты. Напишите его так: anna@example.com.',
  },
  INVALID_PASSWORD: {
    en: 'The present password is wrong, so nothing was changed. Enter it again.',
    ru: 'Нынешний пароль неверен, поэтому ничего не изменилось. Введите его ещё раз.',
  },
  PASSWORD_TOO_SHORT: {
    en: `The new password is too short. Take one of at least ${minPasswordLength} characters.`,
    ru: `Новый пароль слишком короткий. Возьмите не меньше ${minPasswordLength} знаков.`,
  },
  PASSWORD_TOO_LONG: {
    en: `The new password is too long. Take one of at most ${maxPasswordLength} characters.`,
    ru: `Новый пароль слишком длинный. Возьмите не больше ${maxPasswordLength} знаков.`,
  },
}

const byStatus: Record<number, Text> = {
  401: {
    en: 'You are not signed in. Sign in and try again.',
    ru: 'Вы не вошли. Войдите и попробуйте снова.',
  },
  415: {
    en: 'The body has a type this address does not take. Send application/json.',
    ru: 'Тип тела запроса здесь не подходит. Отправьте application/json.',
  },
  429: {
    en: `Too many attempts one after another. Wait ${signInRate.seconds} seconds and try again.`,
    ru: `Слишком много попыток подряд. Подождите ${signInRate.seconds} секунд и попробуйте снова.`,
  },
}

const unclear: Text = {
  en: 'The request cannot be understood: a value is missing or wrong. Check it and send it again.',
  ru: 'Запрос непонятен: какого-то значения нет или оно неверно. Проверьте и отправьте снова.',
}

/** The sentence of a refusal by better-auth. */
export function sentenceOfEntrance(status: number, code: string | undefined): Text {
  return byCode[code ?? ''] ?? byStatus[status] ?? unclear
}
