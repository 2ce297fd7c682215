import { defineNode } from '@tropa/journey'
import { z } from 'zod'
import { choice, connection, template, text } from './fields.ts'

export const sendEmail = defineNode({
  kind: 'send_email',
  group: 'message',
  icon: 'mail',
  title: { en: 'Email', ru: 'Письмо' },
  help: { en: 'Sends an email from a template', ru: 'Отправляет письмо по шаблону' },
  config: z.object({
    template: template({ label: { en: 'Template', ru: 'Шаблон' } }),
    messageClass: choice(
      {
        label: { en: 'Kind of email', ru: 'Вид письма' },
        help: {
          en: 'Marketing goes only to those who agreed to email',
          ru: 'Реклама уходит только тем, кто согласился на письма',
        },
      },
      [
        { value: 'marketing', label: { en: 'Marketing', ru: 'Реклама' } },
        { value: 'transactional', label: { en: 'Transactional', ru: 'Служебное' } },
      ],
    ),
    topic: text(
      {
        more: true,
        label: { en: 'Topic', ru: 'Тема подписки' },
        help: {
          en: 'What the customer can unsubscribe from; empty = all',
          ru: 'От чего клиент может отписаться; пусто — от всего',
        },
      },
      { optional: true, max: 60 },
    ),
    connection: connection({ label: { en: 'Send through', ru: 'Отправлять через' } }),
    ifUnknown: choice(
      {
        more: true,
        label: { en: 'If the answer is lost', ru: 'Если ответ потерян' },
        help: {
          en: 'SMTP cannot tell whether a mail was taken when its answer is lost',
          ru: 'SMTP не скажет, принято ли письмо, если ответ потерян',
        },
      },
      [
        {
          value: 'skip',
          label: {
            en: 'Do not repeat: better never than twice',
            ru: 'Не повторять: лучше ни разу, чем дважды',
          },
        },
        {
          value: 'resend',
          label: {
            en: 'Send again: better twice than never',
            ru: 'Отправить ещё раз: лучше дважды, чем ни разу',
          },
        },
        { value: 'hold', label: { en: 'Hold it and ask a member', ru: 'Придержать и спросить участника' } },
      ],
    ),
  }),
  initial: { template: '', messageClass: 'marketing', topic: '', connection: null, ifUnknown: 'skip' },
  outputs: {
    sent: { en: 'Sent', ru: 'Отправлено' },
    not_sent: { en: 'Not sent', ru: 'Не отправлено' },
    failed: { en: 'Failed', ru: 'Ошибка' },
  },
  fallbacks: { not_sent: 'sent', failed: 'sent' },
  summary: ({ messageClass }) =>
    messageClass === 'marketing'
      ? { en: 'Marketing email', ru: 'Рекламное письмо' }
      : { en: 'Transactional email', ru: 'Служебное письмо' },
  saves: () => ['outcome', 'reason', 'message_id'],
  run: ({ config }) => ({
    do: 'send',
    request: {
      channel: 'email',
      template: config.template,
      connection: config.connection,
      messageClass: config.messageClass,
      topic: config.topic,
      ifUnknown: config.ifUnknown,
    },
    outputs: { sent: 'sent', not_sent: 'not_sent', failed: 'failed' },
  }),
  examples: (['sent', 'not_sent', 'failed'] as const).map((outcome) => ({
    title: {
      en: {
        sent: 'The server took it',
        not_sent: 'The customer has not agreed',
        failed: 'The server refused it',
      }[outcome],
      ru: { sent: 'Сервер принял', not_sent: 'Клиент не давал согласия', failed: 'Сервер отказал' }[outcome],
    },
    config: {
      template: 'welcome',
      messageClass: 'marketing' as const,
      topic: '',
      connection: null,
      ifUnknown: 'skip' as const,
    },
    outcome,
    expect: { output: outcome, waitedMs: 0 },
  })),
})
