/** Every view of the widget in both schemes: no violation that axe can find, and a picture to look at. */

import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, picture } from './harness/browser.js'
import { ROOT } from './harness/product.js'

const CONFIG = join(ROOT, 'packages/embed-ui/gallery/vite.config.ts')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
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

let folder: string
let server: Server
let browser: Browser
let pages: Page[]
let address: string

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

/** Opens a view. @returns why it could not be brought into its state */
async function open(page: Page, name: string, query: string): Promise<readonly string[]> {
  await page.goto(`${address}/?page=${name}&${query}`)
  const word = await page.locator('[data-gallery-ready]').getAttribute('data-gallery-ready')
  return word === 'yes' ? [] : [String(word)]
}

describe('the gallery', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'inlay-gallery-'))
    await build({ configFile: CONFIG, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
    server = createServer(({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://localhost')
      const file = join(folder, pathname === '/' ? 'index.html' : pathname)
      if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end()
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      createReadStream(file).pipe(response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
    const view = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const
    pages = await Promise.all([browser.newPage(view), browser.newPage(view)])
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    server?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  })

  it.each(LOOKS)(
    'has no view with an accessibility violation: $name',
    async ({ name: look, query }) => {
      await open(pages[0] as Page, 'builder', query)
      const names = await (pages[0] as Page).evaluate(
        () => (window as unknown as { galleryPages: string[] }).galleryPages,
      )
      expect(names.length).toBeGreaterThan(10)
      const waiting = [...names]
      const found: string[] = []
      const walk = async (page: Page): Promise<void> => {
        for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
          await open(page, name, query)
          found.push(...(await violations(page)).map((line) => `${name}: ${line}`))
          await picture(page, `gallery/${look}/${name}`)
        }
      }
      await Promise.all(pages.map(walk))
      expect(found.sort()).toEqual([])
    },
    240_000,
  )
})
