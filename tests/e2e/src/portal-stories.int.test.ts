/** What a vendor's administrator does in the portal, and what its customers then see on the vendor's page. */
import type { Server } from 'node:http'
import { type DnsServer, startDnsServer } from '@inlay/platform/domains/testing'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './harness/axe.js'
import { launchBrowser, picture } from './harness/browser.js'
import { operate } from './harness/operate.js'
import { freePort, isBuilt, RunningProduct } from './harness/product.js'
import { startTillBackend } from './harness/till-backend.js'
import { type EndUser, VendorSite } from './harness/vendor-site.js'
import { Visitor } from './harness/visitor.js'

const BIKER: EndUser = { sub: 'bo', name: 'Bo Berg', customer: 'blue-bikes' }
const BROWN = '#7c2d12'
const BROWN_RGB = 'rgb(124, 45, 18)'
const DOMAIN = 'automations.larkfield.test'

interface DnsRecord {
  readonly type: 'CNAME' | 'TXT'
  readonly name: string
  readonly value: string
}

let dns: DnsServer
let product: RunningProduct
let browser: Browser
let site: VendorSite
let page: Page
const failures: string[] = []
const visitors: Visitor[] = []

async function appears(element: Locator): Promise<void> {
  await element.first().waitFor()
}

/** Presses a button of the dialog. */
async function confirm(name: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
}

/** Goes to a page of the portal by its link. */
async function go(name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click()
  await appears(page.getByRole('heading', { name, level: 1 }))
}

/** What a customer's person sees on the vendor's page now. */
async function visit(settings: object, user = BIKER): Promise<Visitor> {
  const visitor = await Visitor.enter(
    browser,
    site.address(user, { appearance: { colorScheme: 'light' }, ...settings }),
  )
  visitors.push(visitor)
  return visitor
}

/** Walks a page with axe in both schemes, and takes pictures. @returns what is wrong */
async function walk(shown: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await shown.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Colours that are on their way to others have the contrast of neither.
    await shown.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
    found.push(...(await violations(shown)).map((line) => `${colorScheme} ${line}`))
    await picture(shown, `portal/${name}-${colorScheme}`)
  }
  return found
}

/** Walks the page with axe, and looks for what stands out at the side. */
async function looksGood(name: string): Promise<void> {
  const found = await walk(page, name)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  for (const width of [768, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await picture(page, `portal/${name}-${width}`)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (overflow > 0) found.push(`${width} px: ${overflow} px too wide`)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  expect(found).toEqual([])
}

describe.skipIf(!isBuilt())('an administrator of a vendor', () => {
  beforeAll(async () => {
    site = await VendorSite.open()
    dns = await startDnsServer()
    const names = { DNS_SERVERS: dns.address, DOMAIN_TARGET: 'plane.test' }
    product = await RunningProduct.start(undefined, { DEMO_ORIGINS: site.origin, ...names })
    site.serve(product.demo)
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce' })
    page.on('pageerror', (error) => failures.push(error.message))
    await page.goto(product.demo.baseUrl)
    await page.getByLabel('E-mail address').fill(product.demo.portalEmail)
    await page.getByLabel('Password').fill(product.demo.portalPassword)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await appears(page.getByRole('heading', { name: 'Customers' }))
  })

  afterEach(async () => {
    for (const visitor of visitors.splice(0)) {
      failures.push(...visitor.failures, ...(await visitor.violations()))
      await visitor.context.close()
    }
    expect(failures.splice(0)).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    await product?.dispose()
    await dns?.close()
  })

  it('gives the widget the product’s name and colour, sees it at once, and takes it back', async () => {
    await go('Branding')
    await page.getByRole('textbox', { name: 'Product name' }).fill('Larkfield Flows')
    await page.getByRole('tab', { name: 'Colours' }).click()
    await page.getByRole('textbox', { name: 'Primary, light', exact: true }).fill(BROWN)
    const previewed = page
      .getByRole('region', { name: 'Preview' })
      .getByRole('button', { name: 'Publish', exact: true })
    await expect.poll(() => colorOf(previewed)).toBe(BROWN_RGB)
    await looksGood('branding')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await appears(page.getByText('Your customers see it when they next open a page.'))
    await appears(page.getByRole('banner').getByText('Larkfield Flows'))
    const main = ({ widget }: Visitor) => widget.getByRole('button', { name: 'New automation' })
    const customer = await visit({})
    await expect.poll(() => colorOf(main(customer))).toBe(BROWN_RGB)
    await picture(customer.page, 'portal/branded-widget')
    await page.getByRole('button', { name: 'Reset', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => product.api('GET', '/v1/branding')).toMatchObject({ productName: null })
    await customer.page.reload()
    await appears(main(customer))
    expect(await colorOf(main(customer))).not.toBe(BROWN_RGB)
  })

  it('decides what one customer’s builder offers', async () => {
    await go('Customers')
    await page.getByRole('link', { name: 'Blue Bikes' }).click()
    await page.getByRole('button', { name: /^Guardrails/ }).click()
    const override = (rule: string) =>
      page.getByRole('switch', { name: `${rule}: different for this customer` }).click()
    await override('Apps')
    await page.getByRole('combobox', { name: 'Which apps' }).selectOption('All but these')
    await page.getByRole('button', { name: 'Add an app' }).click()
    await page.getByRole('option', { name: 'Slack', exact: true }).click()
    await override('Code')
    await page.getByRole('switch', { name: 'Offer steps that run JavaScript' }).click()
    await override('Steps of an automation at most')
    await page.getByRole('spinbutton', { name: /^Steps of an automation at most/ }).fill('1')
    await looksGood('guardrails')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await appears(page.getByText('Saved', { exact: true }))
    const { widget, page: vendor } = await visit({})
    await widget.getByRole('button', { name: 'New automation' }).click()
    await widget.getByRole('tab', { name: 'Template' }).click()
    await appears(widget.getByRole('dialog').getByText('Tell the sales chat about big orders'))
    expect(await widget.getByText('Big orders to Slack').count()).toBe(0)
    await widget.getByRole('tab', { name: 'Blank' }).click()
    await widget.getByRole('textbox', { name: 'Name' }).fill('Within the rules')
    await widget.getByRole('button', { name: 'Create', exact: true }).click()
    await widget.getByRole('button', { name: 'Add the first step' }).click()
    await appears(widget.getByText('Some apps and steps are not offered here.', { exact: false }))
    const search = widget.getByRole('combobox', { name: 'Search apps and actions' })
    for (const words of ['slack', 'javascript']) {
      await search.fill(words)
      await appears(widget.getByText(`No app or step matches “${words}”.`))
    }
    await picture(vendor, 'portal/guarded-builder')
    await search.fill('set values')
    await widget.getByRole('option', { name: /^Set values/ }).click()
    await widget.getByRole('button', { name: 'Add a step' }).last().click()
    await appears(widget.getByText('An automation can have one step here, and this one has it.', { exact: false }))
  })

  it('makes a template of an automation, which customers then begin from', async () => {
    await go('Templates')
    await page.getByRole('button', { name: 'New template' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Automation' }).selectOption('Big orders to the sales chat')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Sales hear of it')
    await dialog.getByRole('textbox', { name: 'Use case' }).fill('Till')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('button', { name: 'More about Sales hear of it' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    await dialog.getByRole('textbox', { name: 'Description' }).fill('Tells the sales people of each order.')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await appears(page.getByRole('row', { name: /Sales hear of it.*Tells the sales people of each order/ }))
    await looksGood('templates')
    const { widget, page: vendor } = await visit(
      { widget: 'templates' },
      { sub: 'cy', name: 'Cy', customer: 'corner-cafe' },
    )
    await appears(widget.getByText('Tells the sales people of each order.'))
    await picture(vendor, 'portal/gallery')
    await widget.getByRole('button', { name: 'Use template “Sales hear of it”' }).click()
    await widget.getByRole('button', { name: 'Use this template' }).click()
    const names = async () =>
      (await product.api<{ data: { name: string }[] }>('GET', '/v1/workflows')).data.map(({ name }) => name)
    await expect.poll(names).toContain('Sales hear of it')
  })

  it('hands a template in to the marketplace, and installs what was approved', async () => {
    await go('Marketplace')
    await page.getByRole('tab', { name: 'Your submissions' }).click()
    await page.getByRole('button', { name: 'Hand something in' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Template' }).selectOption('Sales hear of it')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Tell the sales team')
    await dialog.getByRole('textbox', { name: 'Description' }).fill('For shops.')
    await dialog.getByRole('button', { name: 'Hand in' }).click()
    await appears(page.getByRole('row', { name: /Tell the sales team.*In review/ }))
    await looksGood('submissions')
    const [id = ''] = (await operate(product, 'marketplace.js', 'list')).split(' ')
    await operate(product, 'marketplace.js', 'approve', id)
    await page.reload()
    await page.getByRole('tab', { name: 'Browse' }).click()
    await page.getByRole('button', { name: 'Install Tell the sales team' }).click()
    await appears(page.getByRole('button', { name: 'Remove Tell the sales team' }))
    await looksGood('marketplace')
    await page.getByRole('searchbox', { name: 'Search the marketplace' }).fill('nothing of this name')
    await appears(page.getByText('Nothing matches'))
    await go('Templates')
    await appears(page.getByRole('row', { name: /Tell the sales team.*From the marketplace/ }))
  })

  it('registers a connector of its own, and learns why it does not answer', async () => {
    const port = await freePort()
    let backend: Server | undefined
    await go('Connectors')
    await page.getByRole('button', { name: 'Your own' }).click()
    await appears(page.getByText('No connectors of your own'))
    await page.getByRole('button', { name: 'Register' }).first().click()
    await page.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.77:${port}/connector`)
    await page.getByRole('dialog').getByRole('button', { name: 'Register' }).click()
    const secret = await page.getByRole('region', { name: 'Shared secret' }).textContent()
    await picture(page, 'portal/own-connector-secret')
    await page.getByRole('button', { name: 'Done' }).click()
    const row = page.getByRole('table', { name: 'Your own connectors' }).getByRole('row').nth(1)
    await appears(row.getByText('Not reached yet', { exact: true }))
    await appears(row.getByText('Nothing answers there.', { exact: false }))
    await looksGood('own-connectors')
    const fetchAgain = async (): Promise<void> => {
      await row.getByRole('button', { name: /^More about/ }).click()
      await page.getByRole('menuitem', { name: 'Fetch again' }).click()
    }
    backend = await startTillBackend(port, secret ?? '')
    try {
      await fetchAgain()
      await appears(row.getByText('Works', { exact: true }))
      await appears(row.getByRole('link', { name: 'till' }))
    } finally {
      backend.closeAllConnections()
      backend.close()
    }
    await fetchAgain()
    await appears(row.getByText('Fails', { exact: true }))
    await appears(page.getByText('It does not answer as it should'))
    const { widget } = await visit({}, { sub: 'cy', name: 'Cy', customer: 'corner-cafe' })
    await widget.getByRole('button', { name: /^Sales hear of it/ }).click()
    await widget.getByRole('button', { name: 'Add a step' }).last().click()
    await widget.getByRole('combobox', { name: 'Search apps and actions' }).fill('ring up')
    await appears(widget.getByRole('option', { name: /Ring up a sale/ }))
  })

  it('puts a domain of its own into use, where it greets who signs in with its colours, and removes it', async () => {
    const brand = await product.api('GET', '/v1/branding')
    await product.api('PUT', '/v1/branding', { ...brand, appearance: { tokens: { colorPrimary: BROWN } } })
    await go('Domains')
    await page.getByRole('button', { name: 'Add domain' }).first().click()
    await page.getByRole('textbox', { name: 'Domain' }).fill(DOMAIN)
    await confirm('Add')
    const domain = page.getByRole('article', { name: DOMAIN })
    await appears(domain.getByText('Not verified'))
    await looksGood('domains')
    const { data } = await product.api<{ data: { records: DnsRecord[] }[] }>('GET', '/v1/domains')
    for (const { type, name, value } of data[0]?.records ?? []) {
      dns.zones.set(name, type === 'TXT' ? { txt: [value] } : { cname: value })
    }
    await domain.getByRole('button', { name: 'Verify' }).click()
    const door = await browser.newPage({ locale: 'en-GB', reducedMotion: 'reduce' })
    await door.goto((await domain.getByRole('link').getAttribute('href')) ?? '')
    await expect.poll(() => colorOf(door.getByRole('button', { name: 'Sign in' }))).toBe(BROWN_RGB)
    expect(await walk(door, 'sign-in')).toEqual([])
    await door.close()
    await product.api('PUT', '/v1/branding', brand)
    await domain.getByRole('button', { name: 'Remove' }).click()
    await confirm('Remove')
    await appears(page.getByText('No domain of yours yet'))
  })

  it('adds an endpoint for webhooks, gives it a new secret, and deletes it', async () => {
    await go('Webhooks')
    const address = 'https://api.larkfield.test/webhooks'
    await page.getByRole('button', { name: 'New endpoint' }).first().click()
    await page.getByRole('textbox', { name: 'Address' }).fill(address)
    await confirm('Create')
    await confirm('Done')
    await page.getByRole('link', { name: address }).click()
    await appears(page.getByRole('heading', { name: address, level: 1 }))
    await looksGood('webhook')
    await page.getByRole('button', { name: 'More about the endpoint' }).click()
    await page.getByRole('menuitem', { name: 'New secret' }).click()
    await confirm('Make a new secret')
    await appears(page.getByRole('region', { name: 'Signing secret' }))
    await confirm('Done')
    await page.getByRole('button', { name: 'More about the endpoint' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await confirm('Delete')
    await appears(page.getByRole('heading', { name: 'Webhooks', level: 1 }))
    await page.getByRole('link', { name: address }).waitFor({ state: 'detached' })
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('finds again in the builder, after a reload, what could not be saved', async () => {
    const id = await product.create('Orders', [{ id: 'order', type: 'set', name: 'Order', values: { total: 1 } }])
    // A request that the browser itself holds back may still go when the page does: this one never begins.
    await page.addInitScript(() => {
      const { fetch } = window
      window.fetch = (input, init) =>
        Reflect.get(window, 'isCutOff') === true && String(input).includes('workflows.saveDraft')
          ? Promise.reject(new TypeError('Failed to fetch'))
          : fetch(input, init)
    })
    await page.goto(`${product.demo.baseUrl}/workflows/${id}`)
    await page.evaluate(() => Reflect.set(window, 'isCutOff', true))
    await page.getByRole('button', { name: /^Order\b/ }).click()
    await page.getByRole('textbox', { name: 'Name of the step' }).fill('Order in the lift')
    await appears(page.getByText('Offline: not saved', { exact: true }))
    page.once('dialog', (dialog) => dialog.accept())
    await page.reload()
    await appears(page.getByText('Changes that were not saved are back.'))
    await appears(page.getByRole('button', { name: /^Order in the lift\b/ }))
    await picture(page, 'portal/restored')
    await appears(page.getByRole('status').getByText('Saved', { exact: true }))
    await page.reload()
    await appears(page.getByRole('button', { name: /^Order in the lift\b/ }))
    expect(await page.getByText('Changes that were not saved are back.').isVisible()).toBe(false)
  })
})

function colorOf(button: Locator): Promise<string> {
  return button.first().evaluate((it) => getComputedStyle(it).backgroundColor)
}
