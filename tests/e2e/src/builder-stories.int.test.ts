/** What people do in the builder, in a real browser: by keyboard alone, with few actions, without losing anything. */
import type { WorkflowDefinition } from '@inlay/engine'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from './harness/browser.js'
import { countEffort, type Effort } from './harness/effort.js'
import { recordFigure } from './harness/figures.js'
import { type Gallery, startGallery } from './harness/gallery.js'

let gallery: Gallery
let browser: Browser
let page: Page
let effort: Effort
const failures: string[] = []

/** What was saved last. */
function saved(): Promise<WorkflowDefinition> {
  return page.evaluate(async () => {
    // The gallery puts the client of the view there.
    const { galleryClient } = window as unknown as {
      galleryClient: { workflows: { get: { query(input: object): Promise<{ draft: { definition: never } }> } } }
    }
    return (await galleryClient.workflows.get.query({ id: 'wf_orders' })).draft.definition
  })
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** Waits until an element has the focus: people wait for what they see, too. */
async function focused(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((it) => it === document.activeElement)).toBe(true)
}

/** Opens a step's form. Where a card is only seen after scrolling, a click could come while it still moves. */
async function openStep(id: string): Promise<void> {
  await page.locator(`[data-nav="${id}"]`).focus()
  await press('Enter')
  await page.locator('[data-inlay-part="step-panel"]').waitFor()
}

/** Goes down a list until an entry is the chosen one. */
async function walkTo(entry: Locator): Promise<void> {
  await entry.waitFor()
  for (let rows = 0; rows < 10 && (await entry.getAttribute('aria-selected')) !== 'true'; rows++) {
    await press('ArrowDown')
  }
}

/** Walks over the canvas with the arrow keys until a place has the focus. */
async function walkOver(place: string, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const here = await page.evaluate(() => document.activeElement?.getAttribute('data-nav'))
    if (here === place) return
    await press(key)
  }
}

/** Chooses a step in the menu that is open, by words. */
async function choose(words: string, name: RegExp): Promise<void> {
  const search = page.getByRole('combobox', { name: 'Search apps and actions' })
  await focused(search)
  await page.keyboard.type(words)
  const option = page.getByRole('option', { name }).first()
  await walkTo(option)
  await press('Enter')
}

describe('a person', () => {
  beforeAll(async () => {
    gallery = await startGallery()
    browser = await launchBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    gallery?.close()
  })

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.on('pageerror', (error) => failures.push(error.message))
    effort = await countEffort(page)
  })

  afterEach(() => page.close())

  it('builds webhook, condition and request by keyboard alone', async () => {
    await gallery.open(page, 'empty', 'scheme=light')
    const trigger = page.getByRole('button', { name: /^Webhook/ })
    for (let tabs = 0; tabs < 30 && !(await trigger.evaluate((it) => it === document.activeElement)); tabs++) {
      await press('Tab')
    }
    await focused(trigger)
    await press('ArrowDown', 'Enter')
    await choose('branch', /^Branch/)
    const card = page.getByRole('button', { name: /^Branch\b/ }).first()
    await focused(card)
    await press('Enter')
    await focused(page.getByLabel('Name of Condition 1'))
    await press('Tab')
    await page.keyboard.type('trigger.body.total')
    await press('Tab', 'Tab')
    await page.keyboard.type('is gr')
    await press('Tab')
    await page.keyboard.type('500')
    await press('Escape')
    await focused(card)
    await walkOver('+check/cases/0/steps/0', ['ArrowDown', 'ArrowLeft', 'ArrowDown', 'ArrowLeft', 'ArrowUp'])
    await press('Enter')
    await choose('send a request', /^Send a request/)
    const request = page.getByRole('button', { name: /^Send a request/ }).first()
    await focused(request)
    await press('Enter')
    const url = page.getByRole('textbox', { name: /^URL/ })
    await url.waitFor()
    const isInPanel = () =>
      page.evaluate(() => document.activeElement?.closest('[data-inlay-part="step-panel"]') !== null)
    await expect.poll(isInPanel).toBe(true)
    for (let tabs = 0; tabs < 8 && !(await url.evaluate((it) => it === document.activeElement)); tabs++)
      await press('Tab')
    await focused(url)
    await page.keyboard.type('https://example.com/orders')
    await expect
      .poll(async () => (await saved()).steps)
      .toMatchObject([
        {
          type: 'branch',
          cases: [
            {
              if: '{{ trigger.body.total > 500 }}',
              steps: [{ type: 'action', connector: 'http', input: { url: 'https://example.com/orders' } }],
            },
          ],
        },
      ])
    recordFigure(19, { ...effort })
  })

  it('maps a field from an earlier step in three actions, by mouse and by keyboard', async () => {
    await gallery.open(page, 'builder', 'scheme=light')
    await openStep('mail')
    const field = page.getByRole('textbox', { name: /^Copy to/ })
    const picked = page.getByRole('treeitem', { name: /^ts\b/ })
    Object.assign(effort, { clicks: 0, keys: 0 })
    // The field, its data, the datum.
    await field.click()
    await page.keyboard.type('{{')
    await picked.click()
    await expect.poll(() => field.inputValue()).toBe('{{ steps.tell.output.ts }}')
    // A text that is typed is one action, however long it is.
    const mouseActions = effort.clicks + 1
    await field.fill('')
    effort.keys = 0
    await page.keyboard.type('{{')
    const search = page.getByRole('combobox', { name: 'Search data' })
    await focused(search)
    await page.keyboard.type('ts')
    await walkTo(picked)
    await press('Enter')
    await expect.poll(() => field.inputValue()).toBe('{{ steps.tell.output.ts }}')
    const keyboardActions = effort.keys - '{{ts'.length + 2
    recordFigure(12, { mouseActions, keyboardActions })
  })

  it('takes more than a hundred changes back, and loses nothing that is older than two seconds', async () => {
    await gallery.open(page, 'builder', 'scheme=light')
    const before = await saved()
    const card = page.locator('[data-nav="order"]')
    await card.focus()
    // Each is an entry of its own: down, up, down …
    for (let change = 0; change < 101; change++) await press(change % 2 === 0 ? 'Alt+ArrowDown' : 'Alt+ArrowUp')
    const moved = async () => (await saved()).steps.map(({ id }) => id)
    await expect.poll(moved).toEqual(
      before.steps
        .map(({ id }) => id)
        .with(0, 'size')
        .with(1, 'order'),
    )
    let undoLevels = 0
    for (; undoLevels < 101; undoLevels++) await press('Control+z')
    await expect.poll(saved).toEqual(before)
    expect(await page.locator('[data-inlay-part="toolbar"]').getByRole('button', { name: /^Undo/ }).isDisabled()).toBe(
      true,
    )
    recordFigure(13, { undoLevels })
  })

  it('reads it from right to left, and on a narrow page without scrolling sideways', async () => {
    await gallery.open(page, 'builder', 'scheme=light&locale=ar')
    const root = page.locator('[data-inlay-part="root"]')
    expect(await root.getAttribute('dir')).toBe('rtl')
    await openStep('mail')
    const panel = page.locator('[data-inlay-part="step-panel"]')
    expect((await panel.boundingBox())?.x).toBeLessThan(100)
    for (const name of ['runs', 'run-history', 'connections', 'automations', 'approvals']) {
      for (const locale of ['en', 'ar']) {
        await page.setViewportSize({ width: 360, height: 740 })
        await gallery.open(page, name, `scheme=light&locale=${locale}`)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect([name, locale, overflow]).toEqual([name, locale, 0])
      }
    }
  })

  it('meets no error of a page on the way', () => {
    expect(failures).toEqual([])
  })
})
