import { test as base, expect, type Page } from '@playwright/test'
import { buildWorkspace, type Letter, signInAsDemo, type WorkspaceCaller } from '../build.ts'

interface Story {
  /** A fresh workspace; the browser is signed in and looks at it, in English. */
  shop: WorkspaceCaller
  templates: Record<Letter, string>
}

let seen = 0

/** A story: a browser signed in to a workspace of its own, which fails when the page throws. */
export const story = base.extend<Story & { made: Story }>({
  made: async ({ context }, use) => {
    await signInAsDemo(context.request)
    seen += 1
    await use(await buildWorkspace(context.request, `Story ${seen}`))
  },
  shop: ({ made }, use) => use(made.shop),
  templates: ({ made }, use) => use(made.templates),
  page: async ({ page, made }, use) => {
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.message))
    await lookAt(page, made.shop)
    await use(page)
    expect(thrown).toEqual([])
  },
})

/** Makes every page opened from now on look at a workspace, in a language. */
export async function lookAt(page: Page, { id }: { id: string }, language = 'en'): Promise<void> {
  await page.addInitScript(
    ([workspace, chosen]) => {
      // A letter's sandboxed frame has no storage.
      if (window !== window.top) return
      localStorage.setItem('tropa.workspace', workspace)
      if (!localStorage.getItem('tropa.language')) localStorage.setItem('tropa.language', chosen)
    },
    [id, language] as const,
  )
}

export { expect } from '@playwright/test'
