import { defineConnector } from '../connector.ts'
import { smtpConfig } from './config.ts'

/** Email through any SMTP server (RFC 5321). */
export const smtp = defineConnector({
  id: 'smtp',
  version: '1.0.0',
  title: { en: 'Email (SMTP)', ru: 'Почта (SMTP)' },
  help: {
    en: 'Sends email through your own mail server or any provider that speaks SMTP.',
    ru: 'Отправляет письма через ваш почтовый сервер или любого провайдера с SMTP.',
  },
  channels: ['email'],
  config: smtpConfig,
  secrets: [
    {
      name: 'password',
      label: { en: 'Password', ru: 'Пароль' },
      help: {
        en: 'Often an app password from the provider, not the one you log in with.',
        ru: 'Часто это пароль приложения от провайдера, а не пароль для входа.',
      },
      required: false,
    },
  ],
  actions: [
    {
      id: 'send',
      kind: 'send',
      channel: 'email',
      label: { en: 'Send an email', ru: 'Отправить письмо' },
      timeoutMs: 60_000,
      idempotency: { mode: 'none' },
      reconcile: 'echo',
    },
  ],
})
