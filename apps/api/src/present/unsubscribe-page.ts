import type { Language } from '@tropa/journey'

/** What the page says: a question, that it is done, or that the link is not ours. */
export type PageState = 'ask' | 'done' | 'wrong'

const words = {
  en: {
    title: 'Unsubscribe',
    ask: (shop: string, topic: string) => `Stop getting email from ${shop}${topic}?`,
    about: (topic: string) => ` about “${topic}”`,
    button: 'Unsubscribe',
    done: 'You are unsubscribed',
    doneText: (shop: string) => `You will get no more such email from ${shop}. It works at once.`,
    wrong: 'This link does not work',
    wrongText: 'It is incomplete or damaged. Open it again from the email itself, without changing it.',
    shop: 'this shop',
  },
  ru: {
    title: 'Отписка',
    ask: (shop: string, topic: string) => `Больше не получать письма от «${shop}»${topic}?`,
    about: (topic: string) => ` на тему «${topic}»`,
    button: 'Отписаться',
    done: 'Вы отписались',
    doneText: (shop: string) => `Таких писем от «${shop}» больше не будет. Это уже действует.`,
    wrong: 'Ссылка не работает',
    wrongText: 'Она неполная или повреждена. Откройте её прямо из письма, ничего не меняя.',
    shop: 'магазин',
  },
} as const

const style = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:18px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}
main{max-width:32rem;padding:2rem;text-align:center}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem;text-wrap:balance}
button{font:inherit;padding:.7em 1.6em;border:0;border-radius:.5em;background:#0f766e;color:#fff;cursor:pointer}
button:focus-visible{outline:3px solid #5eead4;outline-offset:2px}
`

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
    ask: `<h1>${say.ask(shop, about)}</h1><form method="post"><button type="submit">${say.button}</button></form>`,
    done: `<h1>${say.done}</h1><p>${say.doneText(shop)}</p>`,
    wrong: `<h1>${say.wrong}</h1><p>${say.wrongText}</p>`,
  }[state]
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${say.title}</title><style>${style}</style></head><body><main>${body}</main></body></html>
`
}

function escapeHtml(text: string): string {
  const signs: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}
