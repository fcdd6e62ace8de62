/** Every view of the widget in both schemes: no violation that axe can find, and a picture to look at. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './harness/axe.js'
import { launchBrowser, picture } from './harness/browser.js'
import { recordFigure } from './harness/figures.js'
import { type Gallery, startGallery } from './harness/gallery.js'

const SCHEMES = ['light', 'dark'] as const

const LOOKS = [
  { name: 'plain', query: '' },
  // What differs between brands is how a token reaches a part: all of them are walked when somebody asks for all pictures.
  ...(process.env['INLAY_ALL_PICTURES'] === undefined
    ? []
    : [
        ...['terracotta', 'citrus'].map((brand) => ({ name: brand, query: `&brand=${brand}` })),
        { name: 'arabic', query: '&locale=ar' },
      ]),
]

/** A view mostly waits until it has settled. */
const TABS = 4

let gallery: Gallery
let browser: Browser
let pages: Page[]

/**
 * In a page: gives the root one primary colour after the other, and tells which texts made of it cannot be read. Text, not a
 * function: what compiles this file would put its own names into it.
 */
const UNREADABLE = `{
  const root = document.querySelector('[data-inlay-part="root"]')
  const probe = root.appendChild(document.createElement('i'))
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const luminance = (css) => {
    probe.style.color = css
    context.fillStyle = getComputedStyle(probe).color
    context.fillRect(0, 0, 1, 1)
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((part) => {
      const value = part / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const pairs = [
    ['--i-on-primary', '--i-primary'],
    ['--i-on-primary', '--i-primary-hover'],
    ...['background', 'surface', 'raised', 'canvas', 'selection', 'primary-tint'].map((on) => ['--i-accent', '--i-' + on]),
  ]
  const wrong = []
  for (let hue = 0; hue < 360; hue += 15) {
    for (const [saturation, lightness] of [[100, 12], [100, 35], [60, 45], [100, 50], [90, 65], [70, 85], [0, 48], [0, 100]]) {
      const color = 'hsl(' + hue + ' ' + saturation + '% ' + lightness + '%)'
      root.style.setProperty('--inlay-color-primary', color)
      for (const [text, on] of pairs) {
        const ratio = contrast('var(' + text + ')', 'var(' + on + ')')
        if (ratio < 4.5) wrong.push(color + ': ' + text + ' on ' + on + ' ' + ratio.toFixed(2))
      }
    }
  }
  wrong
}`

describe('the gallery', () => {
  beforeAll(async () => {
    gallery = await startGallery()
    browser = await launchBrowser()
    const view = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const
    pages = await Promise.all(Array.from({ length: TABS }, () => browser.newPage(view)))
  })

  afterAll(async () => {
    await browser?.close()
    gallery?.close()
  })

  it.each(LOOKS)('has no view with an accessibility violation, light or dark: $name', async ({ name: look, query }) => {
    await gallery.open(pages[0] as Page, 'builder', `scheme=light${query}`)
    const names = await (pages[0] as Page).evaluate(
      () => (window as unknown as { galleryPages: string[] }).galleryPages,
    )
    expect(names.length).toBeGreaterThan(10)
    const waiting = [...names]
    const found: { scheme: string; line: string }[] = []
    const walk = async (page: Page): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        // Menus give up when a busy machine makes them wait: a view that was missed is tried once more.
        const isReached = (await gallery.open(page, name, `scheme=light${query}`)).length === 0
        const missed = isReached ? [] : await gallery.open(page, name, `scheme=light${query}`)
        found.push(...missed.map((line) => ({ scheme: 'light', line: `${name}: ${line}` })))
        for (const scheme of SCHEMES) {
          await gallery.wear(page, scheme)
          found.push(...(await violations(page)).map((line) => ({ scheme, line: `${name}: ${line}` })))
          await picture(page, `gallery/${look}-${scheme}/${name}`)
        }
      }
    }
    await Promise.all(pages.map(walk))
    for (const scheme of SCHEMES) {
      const own = found.filter((each) => each.scheme === scheme)
      if (look === 'plain') recordFigure(19, { views: names.length, [`violations.${scheme}`]: own.length })
    }
    expect(found).toEqual([])
  })

  it.each(SCHEMES)('makes readable texts of any primary colour: %s', async (scheme) => {
    const [page] = pages as [Page, Page]
    await gallery.open(page, 'components', `scheme=${scheme}`)
    expect(await page.evaluate<string[]>(UNREADABLE)).toEqual([])
  })
})
