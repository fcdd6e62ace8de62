/** A customer's first quarter of an hour, as checks of the first hour ask: from an empty list to a test run that went well. */
import { createServer, type Server } from 'node:http'
import { signEmbedToken } from '@inlay/sdk/embed'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, picture } from './harness/browser.js'
import { recordFigure, secondsSince } from './harness/figures.js'
import { freePort, isBuilt, RunningProduct } from './harness/product.js'

/** More would be a sign that somebody has to search. */
const MOST_CLICKS = 8

let product: RunningProduct
let browser: Browser
let page: Page
let site: Server
let widget: FrameLocator
let clicks = 0
const failures: string[] = []
/** Addresses that were opened beside the vendor's page: documentation would be one. */
const opened: string[] = []

describe.skipIf(!isBuilt())('a customer who has no automation yet', () => {
  beforeAll(async () => {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    product = await RunningProduct.start(undefined, { DEMO_ORIGINS: origin })
    site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(vendorPage(product.demo.baseUrl))
    }).listen(port)
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.on('pageerror', (error) => failures.push(error.message))
    page.on('popup', (other) => opened.push(other.url()))
    await page.exposeFunction('getToken', newToken)
    // Counted where people click, not where this test says so.
    await page.exposeFunction('clicked', () => clicks++)
    await page.addInitScript(() => {
      addEventListener('click', (event) => event.isTrusted && Reflect.get(window, 'clicked')(), { capture: true })
    })
    await page.goto(origin)
    widget = page.frameLocator('#widget iframe')
  })

  afterAll(async () => {
    await browser?.close()
    site?.closeAllConnections()
    site?.close()
    await product?.dispose()
  })

  it(`has a template running well within ${MOST_CLICKS} clicks, without an account and without a manual`, async () => {
    await widget.getByRole('heading', { name: 'Let work happen by itself' }).waitFor()
    const startMs = performance.now()
    await picture(page, 'first-automation-empty')
    await widget.getByRole('button', { name: 'Use template “Big orders to the chat”' }).click()
    await widget.getByText('Nothing. You can try it at once.').waitFor()
    await picture(page, 'first-automation-template')
    await widget.getByRole('button', { name: 'Use this template' }).click()
    await widget.getByRole('button', { name: /^Tell the sales chat/ }).waitFor()
    await widget.getByRole('button', { name: 'Test', exact: true }).click()
    const dialog = widget.getByRole('dialog')
    await expect.poll(() => dialog.getByRole('textbox').inputValue()).toContain('"total": 149.9')
    await dialog.getByRole('button', { name: 'Start test run' }).click()
    await widget.getByText('Succeeded').filter({ visible: true }).first().waitFor()
    const seconds = secondsSince(startMs)
    await picture(page, 'first-automation-run')
    expect(clicks).toBeLessThanOrEqual(MOST_CLICKS)
    expect(clicks).toBeGreaterThan(0)
    expect(opened).toEqual([])
    recordFigure(9, { clicks, seconds, pagesOpened: opened.length })
    const { calls } = (await (await fetch(`${product.demo.stubUrl}/calls`)).json()) as { calls: { body: string }[] }
    expect(calls.map(({ body }) => JSON.parse(body))).toEqual([{ text: 'Order A-1001 of 149.9 € from Kim Lee' }])
  })

  it('met no error of a page on the way', () => {
    expect(failures).toEqual([])
  })
})

/** As somebody of a customer of the demo that has nothing yet. */
function newToken(): Promise<string> {
  const { demo } = product
  return signEmbedToken({
    signingKey: demo.embedSigningKey,
    keyId: demo.embedKeyId,
    tenantId: demo.tenantId,
    audience: demo.baseUrl,
    user: { sub: 'u1', name: 'Kim Lee' },
    customer: { externalId: 'corner-cafe' },
    role: 'admin',
  })
}

function vendorPage(baseUrl: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Vendor</title><link rel="icon" href="data:,">
<style>#widget { height: 860px }</style></head><body><main id="widget"></main>
<script src="${baseUrl}/embed/v1.js"></script>
<script>Inlay.mount('#widget', { getToken: () => window.getToken(), appearance: { colorScheme: 'light' } })</script>
</body></html>`
}
