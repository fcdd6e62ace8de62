/** Where the stories of the first hour play: the running product, a vendor's page on another site, and a browser. */
import { createServer, type Server } from 'node:http'
import { signEmbedToken } from '@inlay/sdk/embed'
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import { launchBrowser } from '../harness/browser.js'
import { countEffort, type Effort } from '../harness/effort.js'
import { freePort, type RunningProduct } from '../harness/product.js'

/** A page of the vendor with a widget. */
export interface WidgetPage {
  readonly page: Page
  readonly widget: FrameLocator
  readonly effort: Effort
}

export interface Stage {
  readonly product: RunningProduct
  readonly browser: Browser
  /** The vendor's page. */
  readonly origin: string
  /** Errors of pages; there have to be none. */
  readonly failures: string[]
  /** Opens the vendor's page with a widget as somebody of a customer. */
  openWidget(options?: WidgetChoice): Promise<WidgetPage>
  close(): Promise<void>
}

interface WidgetChoice {
  /** Options of `mount` as plain data. */
  readonly options?: object
  /** @default 'acme-books', the customer of the demo that has automations */
  readonly customer?: string
  /** After the address of the loader, such as `?global=Acme`. */
  readonly loaderQuery?: string
  readonly context?: BrowserContext
}

/** @param product runs already; the vendor's page is put among its allowed origins */
export async function setStage(product: RunningProduct): Promise<Stage> {
  const port = await freePort()
  // The product is on `localhost`: this is another site, whose frames get no cookies.
  const origin = `http://127.0.0.1:${port}`
  await product.api('PATCH', '/v1/tenant', { allowedOrigins: [origin] })
  const site = startSite(product, port)
  const browser = await launchBrowser()
  const failures: string[] = []
  return {
    ...{ product, browser, origin, failures },
    openWidget: async ({ options = {}, customer = 'acme-books', loaderQuery = '', context } = {}) => {
      const page = await (context ?? browser).newPage({ viewport: { width: 1280, height: 900 } })
      page.on('pageerror', (error) => failures.push(error.message))
      const effort = await countEffort(page)
      await page.goto(`${origin}/?${new URLSearchParams({ customer, loader: loaderQuery })}`)
      await page.evaluate((given) => Reflect.get(window, 'show')(given), options)
      return { page, widget: page.frameLocator('#widget iframe'), effort }
    },
    close: async () => {
      await browser.close()
      site.closeAllConnections()
      site.close()
    },
  }
}

/** Signs in to the portal. */
export async function signIn(page: Page, { demo }: RunningProduct): Promise<void> {
  await page.goto(demo.baseUrl)
  await page.getByLabel('E-mail address').fill(demo.portalEmail)
  await page.getByLabel('Password').fill(demo.portalPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Customers' }).waitFor()
}

/** The vendor's page at `/`, and at `/token` what its backend signs. */
function startSite({ demo }: RunningProduct, port: number): Server {
  return createServer(async ({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, `http://127.0.0.1:${port}`)
    const customer = searchParams.get('customer') ?? ''
    if (pathname !== '/token') {
      response.setHeader('content-type', 'text/html')
      response.end(vendorPage(`${demo.baseUrl}/embed/v1.js${searchParams.get('loader') ?? ''}`, customer))
      return
    }
    const token = await signEmbedToken({
      signingKey: demo.embedSigningKey,
      keyId: demo.embedKeyId,
      tenantId: demo.tenantId,
      audience: demo.baseUrl,
      user: { sub: 'u1', name: 'Kim Lee' },
      customer: { externalId: customer },
      role: 'admin',
    })
    response.end(token)
  }).listen(port, '127.0.0.1')
}

function vendorPage(loader: string, customer: string): string {
  const name = new URL(loader).searchParams.get('global') ?? 'Inlay'
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Vendor</title><link rel="icon" href="data:,">
<style>#widget { height: 860px }</style></head><body><main id="widget"></main>
<script src="${loader}"></script>
<script>
const getToken = async () => (await fetch('/token?customer=${customer}')).text()
function show(options) {
  const beginMs = performance.now()
  const settings = { appearance: { colorScheme: 'light' }, ...options, getToken }
  const handle = window['${name}'].mount('#widget', settings)
  window.readyMs = handle.ready.then(() => performance.now() - beginMs)
}
</script></body></html>`
}
