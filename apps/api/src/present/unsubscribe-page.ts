import type { Language } from '@tropa/journey'
import { escapeHtml, fontLink, pageStyle } from './page-look.ts'

/** What the page says: a question, that it is done, that it was done before, or that the link is not ours. */
export type PageState = 'ask' | 'done' | 'already' | 'wrong'

const words = {
  en: {
    title: 'Unsubscribe',
    ask: (shop: string, topic: string) => `Stop getting email from ${shop}${topic}?`,
    askText: 'It works at once, and you need no account.',
    about: (topic: string) => ` about “${topic}”`,
    button: 'Unsubscribe',
    done: 'You are unsubscribed',
    doneText: (shop: string, topic: string) =>
      `You will get no more ${topic ? '' : 'such '}email from ${shop}${topic}. It works at once.`,
    already: 'You are unsubscribed already',
    alreadyText: (shop: string, topic: string) =>
      `You get no ${topic ? '' : 'such '}email from ${shop}${topic}. There is nothing more to do.`,
    wrong: 'This link does not work',
    wrongText: 'It is incomplete or damaged. Open it again from the email itself, without changing it.',
    shop: 'this shop',
    other: { language: 'ru', name: 'Русский' },
  },
  ru: {
    title: 'Отписка',
    ask: (shop: string, topic: string) => `Больше не получать письма от «${shop}»${topic}?`,
    askText: 'Подействует сразу, входить никуда не нужно.',
    about: (topic: string) => ` на тему «${topic}»`,
    button: 'Отписаться',
    done: 'Вы отписались',
    doneText: (shop: string, topic: string) =>
      `${topic ? 'Писем' : 'Таких писем'} от «${shop}»${topic} больше не будет. Это уже действует.`,
    already: 'Вы уже отписаны',
    alreadyText: (shop: string, topic: string) =>
      `${topic ? 'Письма' : 'Такие письма'} от «${shop}»${topic} вам не приходят. Больше ничего делать не нужно.`,
    wrong: 'Ссылка не работает',
    wrongText: 'Она неполная или повреждена. Откройте её прямо из письма, ничего не меняя.',
    shop: 'магазин',
    other: { language: 'en', name: 'English' },
  },
} as const

const style = `${pageStyle}
body{min-height:100dvh;display:grid;place-content:center;justify-items:center;padding:16px;box-sizing:border-box}
main{width:min(26rem,calc(100vw - 32px));box-sizing:border-box;padding:32px;background:var(--surface);border:1px solid var(--line);border-radius:12px;box-shadow:0 1px 2px rgb(0 0 0/6%)}
.shop{margin:0 0 20px;color:var(--ink-2);font-size:14px;font-weight:500;overflow-wrap:anywhere}
h1{margin:0 0 8px;font-size:22px;line-height:1.3;font-weight:600;text-wrap:balance;overflow-wrap:anywhere}
p{margin:0;color:var(--ink-2);font-size:15px}
form{margin:24px 0 0}
button{font:inherit;font-weight:500;min-height:44px;padding:0 20px;border:0;border-radius:8px;background:var(--accent);color:#fff;cursor:pointer}
button:hover{filter:brightness(1.08)}
.mark{display:block;margin:0 0 16px}
.done .mark,.already .mark{color:var(--ok)}
.wrong .mark{color:var(--err)}
nav{margin-top:16px;font-size:14px}
nav a{display:inline-block;padding:10px;color:var(--ink-2);text-decoration:none}
nav a:hover{text-decoration:underline}
`

const icon = (shape: string) =>
  `<svg class="mark" width="36" height="36" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`
const tick = icon('<circle cx="12" cy="12" r="10"/><path d="m9 12 2 2 4-4"/>')
const cross = icon('<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8zm7 7-6 6m0-6 6 6"/>')

/** The unsubscribe page: plain HTML that works without scripts. */
export function unsubscribePage(
  language: Language,
  state: PageState,
  workspaceName: string | null,
  topic: string | null,
): string {
  const say = words[language]
  const shop = escapeHtml(workspaceName ?? say.shop)
  const about = topic ? say.about(escapeHtml(topic)) : ''
  const body = {
    ask: `<h1>${say.ask(shop, about)}</h1><p>${say.askText}</p><form method="post"><button type="submit">${say.button}</button></form>`,
    done: `${tick}<h1>${say.done}</h1><p>${say.doneText(shop, about)}</p>`,
    already: `${tick}<h1>${say.already}</h1><p>${say.alreadyText(shop, about)}</p>`,
    wrong: `${cross}<h1>${say.wrong}</h1><p>${say.wrongText}</p>`,
  }[state]
  const from = workspaceName ? `<p class="shop">${shop}</p>` : ''
  const { language: other, name } = say.other
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${say.title}</title>${fontLink}<style>${style}</style></head><body><main class="${state}">${from}${body}</main><nav><a href="?lang=${other}" lang="${other}" hreflang="${other}">${name}</a></nav></body></html>
`
}
