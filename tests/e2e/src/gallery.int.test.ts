/** Every view of the widget in both schemes: no violation that axe can find, and a picture to look at. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, picture } from './harness/browser.js'
import { type Gallery, startGallery } from './harness/gallery.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LOOKS = [
  { name: 'light', query: 'scheme=light' },
  { name: 'dark', query: 'scheme=dark' },
  // Brands change colours and fonts only: they are walked when somebody asks for all pictures.
  ...(process.env['INLAY_ALL_PICTURES'] === undefined
    ? []
    : [
        { name: 'brand', query: 'scheme=light&brand' },
        { name: 'brand-dark', query: 'scheme=dark&brand' },
        { name: 'arabic', query: 'scheme=light&locale=ar' },
      ]),
]
/** What WCAG 2.2 AA asks for, as far as a program can tell. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

let gallery: Gallery
let browser: Browser
let pages: Page[]

/** What axe says of a page, as one line per rule and element. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async (rules) => {
    // Axe puts itself there.
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations: found } = await axe.run(document, { runOnly: rules })
    return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  }, RULES)
}

describe('the gallery', () => {
  beforeAll(async () => {
    gallery = await startGallery()
    browser = await launchBrowser()
    const view = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const
    pages = await Promise.all([browser.newPage(view), browser.newPage(view)])
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    gallery?.close()
  })

  it.each(LOOKS)(
    'has no view with an accessibility violation: $name',
    async ({ name: look, query }) => {
      await gallery.open(pages[0] as Page, 'builder', query)
      const names = await (pages[0] as Page).evaluate(
        () => (window as unknown as { galleryPages: string[] }).galleryPages,
      )
      expect(names.length).toBeGreaterThan(10)
      const waiting = [...names]
      const found: string[] = []
      const walk = async (page: Page): Promise<void> => {
        for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
          // Menus give up when a busy machine makes them wait: a view that was missed is tried once more.
          const isReached = (await gallery.open(page, name, query)).length === 0
          const missed = isReached ? [] : await gallery.open(page, name, query)
          const problems = [...missed, ...(await violations(page))]
          found.push(...problems.map((line) => `${name}: ${line}`))
          await picture(page, `gallery/${look}/${name}`)
        }
      }
      await Promise.all(pages.map(walk))
      expect(found.sort()).toEqual([])
    },
    240_000,
  )
})
