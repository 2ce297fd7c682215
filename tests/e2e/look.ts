import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** How a screen is looked at. */
export interface Look {
  language: 'en' | 'ru'
  theme: 'light' | 'dark'
  phone: boolean
}

/** Both languages, both themes and both widths, each of them with each other. */
export const looks: Look[] = [
  { language: 'en', theme: 'light', phone: false },
  { language: 'ru', theme: 'dark', phone: false },
  { language: 'ru', theme: 'light', phone: true },
  { language: 'en', theme: 'dark', phone: true },
]

/** Two looks that differ in everything, for what takes long to open. */
export const farLooks: Look[] = [
  { language: 'en', theme: 'light', phone: false },
  { language: 'ru', theme: 'dark', phone: true },
]

/** A look in words, for the name of a story. */
export function inWords({ language, theme, phone }: Look): string {
  return `in ${language}, ${theme}${phone ? ', 390 px wide' : ''}`
}

/** Makes every page of a tab appear in a look from now on. */
export async function wear(page: Page, { language, theme, phone }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  if (phone) await page.setViewportSize({ width: 390, height: 844 })
  await page.addInitScript(
    ([words, colours]) => {
      if (window !== window.top) return
      localStorage.setItem('tropa.language', words)
      localStorage.setItem('tropa.theme', colours)
    },
    [language, theme] as const,
  )
}

/** Words in a page's data that look like keys of texts but are not. */
const notKeys = /first_name|unsubscribe_url|external_id|x-tropa|example\.test/

/**
 * Everything a person can read or a screen reader says, outside code, letters and what members typed. Runs in the page.
 */
function readTexts(): string[] {
  const quiet = 'script, style, code, pre, textarea, iframe, [contenteditable]'
  const texts: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? ''
    if (text && !node.parentElement?.closest(quiet)) texts.push(text)
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (element.closest('pre, code, [aria-hidden="true"]')) continue
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const value = element.getAttribute(name)?.trim()
      if (value) texts.push(value)
    }
  }
  return texts
}

/** Texts that are a key of the catalogue instead of words: `status_draft`, `emptyTitle`, `journeys:title`. */
function rawKeys(texts: string[]): string[] {
  const key = /^([a-z]+[:.])?[a-z]+(_[A-Za-z0-9]+)+$|^([a-z]+[:.])?[a-z]+[A-Z][A-Za-z0-9]*$|\{\{/
  return texts.filter((text) => key.test(text) && !notKeys.test(text))
}

/** By how many pixels the page is wider than the window; inside the app what scrolls is its main part. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.max(
      document.documentElement.scrollWidth - window.innerWidth,
      ...[...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth),
    ),
  )
}

async function seriousFaults(page: Page): Promise<string[]> {
  // A letter is the shop's own page in a sandbox without scripts: axe cannot run in it.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('[aria-busy="true"], .animate-spin')).toHaveCount(0)
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
  )
}

/** Russian pages may hold Latin words only as names and data; English pages no Cyrillic but the language's own name. */
function foreignWords(texts: string[], language: 'en' | 'ru', data: RegExp): string[] {
  if (language === 'en') return texts.filter((text) => /[а-яё]/i.test(text) && text !== 'Русский')
  const id = /^[0-9a-f-]{36}$/
  return texts.filter(
    (text) => /[a-z]{3,}/i.test(text) && !/[а-яё]/i.test(text) && !data.test(text) && !id.test(text),
  )
}

const data =
  /Story|Second order|Win-back|Thank you|Anna|anna|Ada|demo|Demo|order|Order|total|Tropa|example|mailbox|Built-in|https?:|UTC|USD|English|HTML|SMTP|MJML|Over 50|Next order|Large order|Offer|Reminder|Thank|Made an|first_name|React Flow|cdnow|story|Esc|Europe|write|GMT|owner|asked in the shop|UTF-8/

/** Everything wrong with the screen that is open: keys for words, another language, a page too wide, what axe finds. */
export async function faultsOf(page: Page, name: string, { language }: Look): Promise<string[]> {
  await settle(page)
  const texts = await page.evaluate(readTexts)
  const wider = await overflow(page)
  const found: Record<string, string[]> = {
    'raw key': rawKeys(texts),
    'other language': foreignWords(texts, language, data),
    'scrolls sideways': wider > 0 ? [`${wider} px`] : [],
    axe: await seriousFaults(page),
  }
  return Object.entries(found).flatMap(([what, faults]) =>
    [...new Set(faults)].map((fault) => `${name}, ${what}: ${fault}`),
  )
}
