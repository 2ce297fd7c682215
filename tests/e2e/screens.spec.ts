import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { buildCustomer, buildKey, buildLiveJourney, buildMainJourney, track } from '../build.ts'
import { expect, lookAt, story } from './story.ts'

/** A screen by name and where it is. */
type Screens = Record<string, string>

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

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
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
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
  )
}

interface Look {
  language: 'en' | 'ru'
  theme: 'light' | 'dark'
  phone: boolean
}

const looks: Look[] = [
  { language: 'en', theme: 'light', phone: false },
  { language: 'ru', theme: 'dark', phone: false },
  { language: 'ru', theme: 'light', phone: true },
]

/** Russian pages may hold Latin words only as names and data; English pages no Cyrillic but the language's own name. */
function foreignWords(texts: string[], language: 'en' | 'ru', data: RegExp): string[] {
  if (language === 'en') return texts.filter((text) => /[а-яё]/i.test(text) && text !== 'Русский')
  const id = /^[0-9a-f-]{36}$/
  return texts.filter(
    (text) => /[a-z]{3,}/i.test(text) && !/[а-яё]/i.test(text) && !data.test(text) && !id.test(text),
  )
}

const data =
  /Story|Second order|Win-back|Thank you|Anna|anna|Ada|demo|Demo|order|Order|total|Tropa|example|mailbox|Built-in|https?:|UTC|USD|English|HTML|SMTP|MJML|Over 50|Next order|Large order|Offer|Reminder|Thank|Made an|first_name|React Flow|cdnow|story|Esc|Europe|write|GMT|owner|asked in the shop/

for (const { language, theme, phone } of looks) {
  story(
    `every screen is whole in ${language}, ${theme}${phone ? ', 390 px wide' : ''}`,
    async ({ page, shop, templates }) => {
      story.setTimeout(240_000)
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      if (phone) await page.setViewportSize({ width: 390, height: 844 })
      await lookAt(page, shop, language)
      await page.addInitScript(
        ([words, colours]) => {
          if (window !== window.top) return
          localStorage.setItem('tropa.language', words)
          localStorage.setItem('tropa.theme', colours)
        },
        [language, theme] as const,
      )
      const customer = await buildCustomer(shop, {
        externalId: 'anna',
        email: 'anna@example.test',
        firstName: 'Anna',
      })
      const journey = await buildLiveJourney(shop, 'Second order', buildMainJourney(templates, '1s'))
      const key = await buildKey(shop, 'secret')
      await track(page.request, key, {
        messageId: 'order-1',
        userId: 'anna',
        event: 'order',
        properties: { total: 77 },
      })
      const mails = async () => (await shop.get<{ items: { id: string }[] }>('/mails')).items
      await expect.poll(mails, { timeout: 30_000 }).toHaveLength(1)
      const passages = async () =>
        (await shop.get<{ items: { id: string; status: string }[] }>('/enrollments')).items
      await expect.poll(async () => (await passages())[0]?.status, { timeout: 30_000 }).toBe('completed')
      const passage = (await passages())[0]?.id
      const screens: Screens = {
        journeys: '/journeys',
        editor: `/journeys/${journey.id}`,
        customers: '/customers',
        customer: `/customers/${customer}`,
        enrollments: '/enrollments',
        path: `/journeys/${journey.id}/enrollments/${passage}`,
        mailbox: '/mailbox',
        letter: `/mailbox?mail=${(await mails())[0]?.id}`,
        imports: '/imports',
        templates: '/templates',
        template: `/templates/${templates.offer}`,
        settings: '/settings',
        members: '/settings?tab=members',
        keys: '/settings?tab=keys',
        connections: '/settings?tab=connections',
        audit: '/settings?tab=audit',
      }
      const faults: string[] = []
      for (const [name, address] of Object.entries(screens)) {
        await page.goto(address)
        await expect(page.getByRole('heading').first()).toBeVisible()
        await settle(page)
        const texts = await page.evaluate(readTexts)
        const tell = (what: string, found: string[]) =>
          faults.push(...[...new Set(found)].map((one) => `${name}, ${what}: ${one}`))
        tell('raw key', rawKeys(texts))
        tell('other language', foreignWords(texts, language, data))
        const wider = await overflow(page)
        if (wider > 0) tell('scrolls sideways', [`${wider} px`])
        tell('axe', await seriousFaults(page))
      }
      expect(faults).toEqual([])
    },
  )
}
