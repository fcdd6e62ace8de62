import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { ROOT } from './product.js'

/** Where pictures of the product go: beside its data, never into a commit. */
const PICTURES = join(ROOT, '.inlay/pictures')

/** Only what fails waits that long for what must come; on a busy machine all takes its time. */
const WAIT_MS = 60_000

/** A real browser, the system's Chromium, with what calls home switched off. Names that end in `.test` are this machine's. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env['INLAY_CHROMIUM'] ?? process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP *.test 127.0.0.1',
    ],
  })
  browser.on('context', (context) => context.setDefaultTimeout(WAIT_MS))
  return browser
}

/** Takes a picture of a page, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  const path = join(PICTURES, `${name}.png`)
  mkdirSync(dirname(path), { recursive: true })
  await page.screenshot({ path })
}
