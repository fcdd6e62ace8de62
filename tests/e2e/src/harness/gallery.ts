import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { ROOT } from './product.js'

const CONFIG = join(ROOT, 'packages/embed-ui/gallery/vite.config.ts')
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** The gallery of the widget's views, built and served. */
export interface Gallery {
  /** Opens a view. @returns why it could not be brought into its state; nothing when it was */
  open(page: Page, name: string, query: string): Promise<readonly string[]>
  /** Shows the view that is open in light or in dark. */
  wear(page: Page, scheme: 'light' | 'dark'): Promise<void>
  close(): void
}

/** What the gallery gives to scripts. */
interface GalleryWindow {
  galleryScheme(scheme: 'light' | 'dark'): void
}

export async function startGallery(): Promise<Gallery> {
  const folder = mkdtempSync(join(tmpdir(), 'inlay-gallery-'))
  await build({ configFile: CONFIG, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const file = join(folder, pathname === '/' ? 'index.html' : pathname)
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    open: async (page, name, query) => {
      await page.goto(`${address}/?page=${name}&${query}`)
      const word = await page.locator('[data-gallery-ready]').getAttribute('data-gallery-ready', { timeout: 120_000 })
      return word === 'yes' ? [] : [String(word)]
    },
    wear: async (page, scheme) => {
      await page.evaluate((next) => (window as unknown as GalleryWindow).galleryScheme(next), scheme)
      // Colours that are on their way to others have the contrast of neither.
      await page.evaluate(() => {
        const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        return Promise.allSettled(ending.map(({ finished }) => finished))
      })
    },
    close: () => {
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
