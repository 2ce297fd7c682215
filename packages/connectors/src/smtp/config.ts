import { z } from 'zod'

const hostPattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?)+$|^[0-9a-f:.]+$/i

/** The settings of an SMTP connection, as the connection form draws them. */
export const smtpConfig = z.object({
  host: z
    .string()
    .min(1)
    .max(255)
    .regex(hostPattern)
    .meta({
      field: 'text',
      label: { en: 'Server', ru: 'Сервер' },
      help: { en: 'Host name, such as smtp.example.com.', ru: 'Имя сервера, например smtp.example.com.' },
    }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .default(587)
    .meta({
      field: 'number',
      label: { en: 'Port', ru: 'Порт' },
      help: { en: '587 with STARTTLS or 465 with TLS.', ru: '587 со STARTTLS или 465 с TLS.' },
    }),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .meta({
      field: 'choice',
      label: { en: 'Encryption', ru: 'Шифрование' },
      help: {
        en: 'STARTTLS is required when chosen: the mail never leaves unencrypted.',
        ru: 'Если выбран STARTTLS, он обязателен: без шифрования письмо не уйдёт.',
      },
    }),
  user: z
    .string()
    .max(320)
    .default('')
    .meta({
      field: 'text',
      label: { en: 'User name', ru: 'Имя пользователя' },
      help: { en: 'Empty when the server asks for no login.', ru: 'Пусто, если вход не нужен.' },
    }),
  fromName: z
    .string()
    .max(200)
    .default('')
    .meta({
      field: 'text',
      label: { en: 'Sender name', ru: 'Имя отправителя' },
      help: { en: 'What customers see in the From line.', ru: 'Его клиенты видят в поле «От».' },
    }),
  fromAddress: z
    .union([z.email(), z.literal('')])
    .default('')
    .meta({
      field: 'text',
      label: { en: 'Sender address', ru: 'Адрес отправителя' },
      help: {
        en: 'An address this server lets you send from.',
        ru: 'Адрес, от которого сервер разрешает отправлять.',
      },
    }),
})

export type SmtpConfig = z.infer<typeof smtpConfig>

/** The write-only part of an SMTP connection. */
export interface SmtpSecrets {
  password?: string
}

/** An address such as `smtp://user:pass@host:587` or `smtps://host:465`, taken apart. */
export interface ParsedSmtpUrl {
  config: SmtpConfig
  secrets: SmtpSecrets
}

/**
 * Reads an SMTP address: `smtp://` requires STARTTLS unless the host is this machine or `?tls=none`
 * says otherwise, `smtps://` is TLS from the first byte; `?from=` and `?name=` set the sender.
 * Throws a sentence.
 */
export function parseSmtpUrl(address: string): ParsedSmtpUrl {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || !url.hostname) {
    throw new Error(
      'SMTP_URL is not an SMTP address. Write it as smtp://user:password@host:587 or smtps://host:465.',
    )
  }
  const tls = url.searchParams.get('tls')
  if (tls !== null && tls !== 'none' && tls !== 'starttls') {
    throw new Error('SMTP_URL: ?tls= may be "starttls" or "none".')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const plain = ['localhost', '127.0.0.1', '::1'].includes(host) ? 'none' : 'starttls'
  const security = url.protocol === 'smtps:' ? 'tls' : (tls ?? plain)
  const port = url.port ? Number(url.port) : security === 'tls' ? 465 : 587
  const parsed = smtpConfig.safeParse({
    host,
    port,
    security,
    user: decodeURIComponent(url.username),
    fromName: url.searchParams.get('name') ?? '',
    fromAddress: url.searchParams.get('from') ?? '',
  })
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')
    throw new Error(`SMTP_URL cannot be used: check ${fields}.`)
  }
  return { config: parsed.data, secrets: url.password ? { password: decodeURIComponent(url.password) } : {} }
}

/** Whether `parseSmtpUrl` reads an address. */
export function isSmtpUrl(address: string): boolean {
  try {
    parseSmtpUrl(address)
    return true
  } catch {
    return false
  }
}
