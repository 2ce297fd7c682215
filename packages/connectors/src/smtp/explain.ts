import type { Text } from '@tropa/journey'
import { type Breakage, classifyFailure, type SmtpFailure } from './failure.ts'

const byBreakage: Record<Breakage, Text> = {
  dns: {
    en: 'The server name was not found. Check how the host is spelled.',
    ru: 'Сервер с таким именем не найден. Проверьте, как написано имя.',
  },
  tls: {
    en: 'The server gave no trusted encryption. Check the port and the encryption setting, or its certificate.',
    ru: 'Сервер не дал доверенного шифрования. Проверьте порт и вид шифрования или сертификат сервера.',
  },
  connection: {
    en: 'The server did not take the connection. Check the host and the port, and that a firewall lets it through.',
    ru: 'Сервер не принял соединение. Проверьте имя и порт и не мешает ли межсетевой экран.',
  },
  timeout: {
    en: 'The server did not answer in time. Check the port: 465 wants TLS, 587 wants STARTTLS.',
    ru: 'Сервер не ответил вовремя. Проверьте порт: для 465 нужен TLS, для 587 — STARTTLS.',
  },
  protocol: {
    en: 'Something answers at this address, but it is not a mail server. Check the host and the port.',
    ru: 'По этому адресу отвечает не почтовый сервер. Проверьте имя и порт.',
  },
  forbidden_host: {
    en: 'This name leads to a private address, and only public mail servers may be used here.',
    ru: 'Это имя ведёт на внутренний адрес, а здесь можно указать только публичный почтовый сервер.',
  },
  too_large: {
    en: 'The message is larger than the server takes. Make it smaller.',
    ru: 'Письмо больше, чем принимает сервер. Сделайте его меньше.',
  },
  login: {
    en: 'There is a user name but no password. Enter the password.',
    ru: 'Имя пользователя есть, а пароля нет. Введите пароль.',
  },
  closed: {
    en: 'The connection was closed while being checked. Try again.',
    ru: 'Подключение закрыли во время проверки. Попробуйте ещё раз.',
  },
  busy: {
    en: 'The server is busy with other messages. Try again in a moment.',
    ru: 'Сервер занят другими письмами. Попробуйте чуть позже.',
  },
}

/** Tells a member why a connection does not work and what to do; never repeats what the server wrote. */
export function explainFailure(failure: SmtpFailure): Text {
  const { reason, code } = classifyFailure(failure)
  if (reason === 'auth' && code) {
    return {
      en: `The server refused the login (${code}). Check the user name and the password; many providers want an app password.`,
      ru: `Сервер не принял вход (${code}). Проверьте имя и пароль; многим провайдерам нужен пароль приложения.`,
    }
  }
  if (code) {
    return {
      en: `The server refused the session (${code}). Try again later or ask the provider.`,
      ru: `Сервер отказал в сеансе (${code}). Попробуйте позже или спросите провайдера.`,
    }
  }
  return byBreakage[failure.breakage]
}
