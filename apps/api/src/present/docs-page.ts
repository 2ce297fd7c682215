import type { Language, Text } from '@tropa/journey'
import { fontLink, logo, pageStyle } from './page-look.ts'

const words = {
  title: { en: 'Event API', ru: 'API событий' },
  back: { en: 'Back to Tropa', ru: 'Вернуться в Тропу' },
  other: { en: 'Русский', ru: 'English' },
  lead: {
    en: 'Send what customers do, and journeys react. Every answer comes after the event is safely stored.',
    ru: 'Отправляйте то, что делают клиенты, и сценарии ответят. Ответ приходит, когда событие уже надёжно сохранено.',
  },
  keys: {
    en: 'Make a key in Settings → API keys. A secret key (sk_…) is for your server. A write key (wk_…) may stand in a web page: it only adds events of visitors who have not signed in.',
    ru: 'Ключ создаётся в «Настройки → Ключи API». Секретный (sk_…) — для вашего сервера. Ключ записи (wk_…) можно ставить на страницу: он лишь добавляет события посетителей, которые не вошли.',
  },
  repeats: {
    en: 'Give every event its own messageId: sent again, it counts once. Without one, the same body counts once for at least ten minutes, or for good if it has a timestamp.',
    ru: 'Дайте каждому событию свой messageId: повтор не посчитается. Без него одинаковое тело считается одним событием не меньше десяти минут, а с timestamp — всегда.',
  },
  example: { en: 'The first event, to try it out', ru: 'Первое событие, чтобы попробовать' },
  reference: { en: 'The reference below is in English.', ru: 'Справочник ниже — на английском.' },
} as const satisfies Record<string, Text>

const style = `${pageStyle}
html{background:var(--page)}
header{display:flex;align-items:center;gap:12px;padding:10px 20px;background:var(--surface);border-bottom:1px solid var(--line);font-size:14px}
header strong{font-weight:600}
header span{flex:1}
header a,header button{display:inline-flex;align-items:center;gap:6px;min-height:36px;padding:0 12px;border:0;border-radius:6px;background:none;color:var(--ink);font:inherit;text-decoration:none;cursor:pointer}
header a:hover,header button:hover{background:var(--page)}
main{max-width:1420px;margin:0 auto;padding:28px 20px 8px;box-sizing:border-box}
main h1{margin:0 0 8px;font-size:28px;line-height:36px;font-weight:600}
main p{max-width:46rem;margin:0 0 8px;color:var(--ink-2);font-size:15px}
main p.example{margin:16px 0 6px;color:var(--ink);font-weight:500}
main pre{margin:0 0 16px;padding:14px 16px;max-width:46rem;box-sizing:border-box;overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--surface);font:13px/1.6 "JetBrains Mono Variable",ui-monospace,monospace;font-variant-ligatures:none}
:root[lang=en] [data-in=ru],:root[lang=ru] [data-in=en]{display:none}
.swagger-ui .info,.swagger-ui .information-container{display:none}
#docs .swagger-ui,#docs .swagger-ui *{font-family:"Inter Variable",ui-sans-serif,system-ui,sans-serif}
#docs .swagger-ui :is(pre,code,textarea,.opblock-summary-path,.prop-type,.json-schema-2020-12__title),#docs .swagger-ui :is(pre,code,.opblock-summary-path) *{font-family:"JetBrains Mono Variable",ui-monospace,monospace!important}
.swagger-ui .wrapper{max-width:1420px;padding:0}
.swagger-ui .scheme-container{background:none;box-shadow:none;padding:8px 0}
html.dark-mode,html.dark-mode .swagger-ui{background:var(--page)}
.swagger-ui .scheme-container .schemes.wrapper{padding:0 20px}
html.dark-mode .swagger-ui .scheme-container{background:none;box-shadow:none}
@media (max-width:480px){header strong{display:none}header{padding:8px;gap:4px}main{padding:20px 16px 4px}.swagger-ui .scheme-container .schemes.wrapper{padding:0 16px}}
`

const both = (text: Text) =>
  `<span data-in="en">${text.en}</span><span data-in="ru" lang="ru">${text.ru}</span>`

/** The page around the event API's reference, in both languages; its script shows the one the browser remembers. */
export function docsPage(language: Language, baseUrl: string): string {
  const example = `curl ${baseUrl}/v1/track \\
  -H 'Authorization: Bearer sk_…' \\
  -H 'Content-Type: application/json' \\
  -d '{"messageId": "order-1001", "userId": "anna",
       "event": "order", "properties": {"total": 77}}'`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tropa · ${words.title[language]}</title>
<link rel="icon" href="/docs/favicon.svg">
${fontLink}
<link rel="stylesheet" href="/fonts/jetbrains-mono/index.css">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<style>${style}</style>
<script src="/docs/look.js"></script>
</head>
<body>
<header>${logo(28)}<strong>Tropa</strong><span></span><a href="/">← ${both(words.back)}</a><button type="button" id="language">${both(words.other)}</button></header>
<main>
<h1>${both(words.title)}</h1>
<p>${both(words.lead)}</p>
<p>${both(words.keys)}</p>
<p>${both(words.repeats)}</p>
<p class="example">${both(words.example)}</p>
<pre tabindex="0">${example.replaceAll('"', '&quot;')}</pre>
<p data-in="ru" lang="ru">${words.reference.ru}</p>
</main>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/open.js"></script>
</body>
</html>
`
}

/** Runs before the first paint: the theme and the language this browser remembers for the product. */
export const lookScript = `(() => {
  const root = document.documentElement
  const language = localStorage.getItem('tropa.language')
  if (language === 'en' || language === 'ru') root.lang = language
  const theme = localStorage.getItem('tropa.theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  const night = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => root.classList.toggle('dark-mode', theme === 'dark' || (theme !== 'light' && night.matches))
  night.addEventListener('change', apply)
  apply()
})()
`

/** Opens the reference, and makes the language button work. */
export const openScript = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null })
document.getElementById('language').addEventListener('click', () => {
  const root = document.documentElement
  root.lang = root.lang === 'ru' ? 'en' : 'ru'
  localStorage.setItem('tropa.language', root.lang)
})
`
