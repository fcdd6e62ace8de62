/** The widgets on a vendor's page of another origin, under a strict policy and hostile styles, in all three ways in. */
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RunId } from '@inlay/engine'
import { type Browser, chromium, type Frame, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TestPage } from '../../embed/src/test-page.js'
import { hasServers, startTestServer, type TestServer } from '../http/test-server.js'
import { type HostSite, startHostSite } from './host-site.js'

const DIST = fileURLToPath(new URL('../../dist-embed', import.meta.url))
/** Beside the product's data, never in a commit. */
const PICTURES = fileURLToPath(new URL('../../../../.inlay/pictures/embed', import.meta.url))
const HEADINGS = {
  builder: 'Automations',
  connections: 'Accounts',
  automations: 'Automations',
  runs: 'Run history',
  templates: 'Templates',
  approvals: 'Approvals',
} as const
const WIDGETS = Object.keys(HEADINGS) as (keyof typeof HEADINGS)[]

/** What the page's script has put there. */
interface TestWindow {
  readonly testPage: TestPage
  readonly getToken: unknown
  readonly violations: string[]
  readonly Inlay: {
    mount(
      selector: string,
      options: object,
    ): { destroy(): void; on(name: string, listener: (event: { type: string }) => void): void }
  }
}
declare const window: TestWindow

let server: TestServer
let site: HostSite
let browser: Browser
let page: Page
const failures: string[] = []
/** Of the automation that asks for a decision. */
let workflowId: string

const isReady = hasServers() && existsSync(`${DIST}/v1.js`)

describe.skipIf(!isReady)('a widget on a vendor’s page', () => {
  beforeAll(async () => {
    server = await startTestServer()
    site = await startHostSite(server.demo, server.base)
    const scope = { tenantId: server.demo.tenantId }
    await server.plane.services.tenancy.updateTenant(scope as never, { allowedOrigins: [site.origin] })
    await seed()
    browser = await chromium.launch({
      executablePath: process.env['INLAY_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    await server?.close()
  })

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
    page.on('pageerror', (error) => failures.push(error.message))
    await page.addInitScript(() => {
      Object.assign(window, { violations: [] })
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
        window.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`),
      )
    })
    await page.goto(site.origin)
  })

  afterEach(async () => {
    expect(await violations()).toEqual([])
    await page.close()
    expect(failures.splice(0)).toEqual([])
  })

  it('is drawn in the page under a strict policy, whatever the page’s styles say', async () => {
    for (const widget of WIDGETS) {
      await mountInPage(widget)
      await page.locator('#widget').getByRole('heading', { name: HEADINGS[widget], level: 1 }).waitFor()
      await picture(`in-page-${widget}`)
      if (widget === 'connections') await pickService(page.locator('#widget'))
      await page.evaluate(() => window.testPage.unmount('#widget'))
    }
    await mountInPage('runs')
    await page.locator('#widget').getByRole('button', { name: 'Refunds' }).click()
    await page.locator('[data-inlay-part="run"]').waitFor()
    await picture('in-page-run')
    expect(await page.evaluate(() => window.testPage.events)).toContain('navigate')
    await page.evaluate(() => window.testPage.unmount('#widget'))
    await mountInPage('builder', `/workflows/${workflowId}`)
    await page.locator('[data-inlay-part="step-card"]').click()
    await page.getByLabel('Name of the step').waitFor()
    await picture('in-page-editor')
  })

  it('leaves the page as it was when it goes, and the page’s styles do not reach into it', async () => {
    const before = await looks()
    await mountInPage('connections')
    const button = page.locator('#widget').getByRole('button', { name: 'Connect an account' })
    await button.waitFor()
    const style = await button.evaluate((element) => {
      const { textTransform, letterSpacing, borderTopStyle, boxSizing, fontStyle } = getComputedStyle(element)
      return { textTransform, letterSpacing, borderTopStyle, boxSizing, fontStyle }
    })
    expect(style).toEqual({
      textTransform: 'none',
      letterSpacing: 'normal',
      borderTopStyle: 'solid',
      boxSizing: 'border-box',
      fontStyle: 'normal',
    })
    expect((await button.locator('svg').boundingBox())?.width).toBeLessThan(20)
    await pickService(page.locator('#widget'))
    await page.evaluate(() => window.testPage.unmount('#widget'))
    expect(await looks()).toEqual(before)
  })

  it('is drawn in an iframe of another origin, and keeps nothing there', async () => {
    await loadScript()
    for (const widget of WIDGETS) {
      const frame = await mountFrame('#widget', widget)
      await frame.getByRole('heading', { name: HEADINGS[widget], level: 1 }).waitFor()
      const kept = await frame.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])
      expect(kept).toEqual(['', 0, 0])
      await picture(`frame-${widget}`)
      if (widget === 'connections') await pickService(frame)
    }
    expect(await page.locator('iframe').count()).toBe(1)
  })

  it('stands twice on a page as an element, as tall as what it lists, and tells its events', async () => {
    await loadScript()
    await page.evaluate(() => {
      for (const [name, place] of [
        ['inlay-automations', '#widget'],
        ['inlay-approvals', '#other'],
      ] as const) {
        const element = document.createElement(name)
        element.setAttribute('token-url', '/token')
        element.setAttribute('height', 'auto')
        const heard = (event: Event) => window.testPage.events.push(`${name} ${event.type}`)
        for (const type of ['ready', 'workflow.enabled', 'approval.decided']) element.addEventListener(type, heard)
        document.querySelector(place)?.append(element)
      }
    })
    const [automations, approvals] = [
      page.frameLocator('inlay-automations iframe'),
      page.frameLocator('inlay-approvals iframe'),
    ]
    await automations.getByRole('switch', { name: 'Remember orders' }).click()
    await automations.getByRole('dialog').getByLabel('Shelf').fill('B2')
    await picture('elements')
    await automations.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click()
    await automations.getByRole('switch', { name: 'Remember orders', checked: true }).waitFor()
    await approvals.getByRole('button', { name: 'Approve' }).click()
    await approvals.getByText('Nothing waits for you').waitFor()
    const events = await page.evaluate(() => window.testPage.events)
    expect(events).toEqual(expect.arrayContaining(['inlay-automations ready', 'inlay-approvals ready']))
    expect(events).toEqual(
      expect.arrayContaining(['inlay-automations workflow.enabled', 'inlay-approvals approval.decided']),
    )
    const heights = await page.locator('iframe').evaluateAll((all) => all.map((each) => each.clientHeight))
    for (const height of heights) expect(height).toBeGreaterThanOrEqual(320)
  })

  it('asks for another token when its session has ended, and makes the call once more', async () => {
    let refusals = 1
    await page.route('**/trpc/connections.list*', async (route) => {
      if (refusals-- > 0) await route.fulfill({ status: 401, json: { error: { message: 'Ended', code: -32001 } } })
      else await route.continue()
    })
    await mountInPage('connections')
    await page.getByText('No accounts yet').waitFor()
    expect(await page.evaluate(() => window.testPage.reasons)).toEqual(['start', 'unauthorized'])
    expect(await page.evaluate(() => window.testPage.events)).toContain('token.refreshed')
  })

  it('says that the session has ended after three failures, keeps what was typed, and goes on after Reconnect', async () => {
    await mountInPage('approvals')
    const root = page.locator('#widget')
    await root.getByRole('tab', { name: 'Decided' }).click()
    await page.route('**/token', (route) => route.fulfill({ status: 500, body: '' }))
    await page.route('**/trpc/approvals.list*', (route) =>
      route.fulfill({ status: 401, json: { error: { message: 'Ended', code: -32001 } } }),
    )
    await root.getByRole('tab', { name: 'Open' }).click()
    await root.getByText('The session has ended').waitFor()
    await picture('session-expired')
    expect(await page.evaluate(() => window.testPage.events)).toContain('session.expired')
    await page.unroute('**/token')
    await page.unroute('**/trpc/approvals.list*')
    await root.getByRole('button', { name: 'Reconnect' }).click()
    await root.getByText('The session has ended').waitFor({ state: 'hidden' })
    await root.getByRole('tab', { name: 'Open', selected: true }).waitFor()
  })

  it('sends no token that is for other pages, and says so', async () => {
    const token = await server.embedToken({
      customer: { externalId: 'acme-books' },
      role: 'viewer',
      origins: ['https://elsewhere.example'],
    })
    await loadScript()
    const error = page.evaluate(
      (foreign) =>
        new Promise<string>((resolve) => {
          const handle = window.Inlay.mount('#widget', { getToken: async () => foreign })
          handle.on('error', (event) => resolve(JSON.stringify(event)))
        }),
      token,
    )
    // Who develops the page is told what is wrong; who uses it, whom to tell.
    expect(JSON.parse(await error).data).toMatchObject({
      code: 'embed.origin_denied',
      message: `The token is not for pages of ${site.origin}.`,
    })
    await page.frameLocator('iframe').getByText('embed.origin_denied').waitFor()
  })

  it('says which page may not show it', async () => {
    const foreign = site.origin.replace('localhost', '127.0.0.1')
    await page.clock.install()
    await page.goto(foreign)
    await loadScript()
    const error = page.evaluate(
      (baseUrl) =>
        new Promise<string>((resolve) => {
          const handle = window.Inlay.mount('#widget', { baseUrl, getToken: window.getToken })
          handle.on('error', (event) => resolve(JSON.stringify(event)))
        }),
      server.base,
    )
    await page.locator('iframe').waitFor()
    await page.clock.fastForward(16_000)
    expect(await error).toContain('frame.timeout')
    expect(await error).toContain(foreign)
    await page.getByRole('button', { name: 'Try again' }).waitFor()
  })
})

/** An automation to switch on, and a decision to make. */
async function seed(): Promise<void> {
  const remember = { id: 'note', type: 'set', values: { shelf: '{{ vars.shelf }}' } }
  const settings = { type: 'object', properties: { shelf: { type: 'string', title: 'Shelf' } }, required: ['shelf'] }
  const common = { schema: 'inlay/workflow@1', trigger: { type: 'manual' } }
  const definition = { ...common, name: 'R', steps: [remember] }
  await server.post('/v1/templates', { name: 'Remember orders', definition, settings })
  const ask = { id: 'ask', type: 'wait', approval: { title: 'Refund 70 €?', message: 'Order 7' } }
  const { customerId } = server.demo
  const refunds = { customerId, name: 'Refunds', definition: { ...common, name: 'Refunds', steps: [ask] } }
  const { body: workflow } = await server.post('/v1/workflows', refunds)
  workflowId = workflow.id
  await server.post(`/v1/workflows/${workflow.id}/publish`)
  const { body: run } = await server.post(`/v1/workflows/${workflow.id}/runs`, { input: {} })
  await server.plane.engine.execute([run.id as RunId])
}

async function picture(name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}/${name}.png` })
}

async function mountInPage(widget: string, path?: string): Promise<void> {
  await page.evaluate(
    ([name, baseUrl, start]) =>
      window.testPage.mount('#widget', {
        baseUrl: baseUrl ?? '',
        // Names of widgets are what the test says.
        widget: name as 'builder',
        appearance: { colorScheme: 'light' },
        ...(start === undefined ? {} : { path: start }),
      }),
    [widget, server.base, path],
  )
}

async function mountFrame(selector: string, widget: string): Promise<Frame> {
  await page.evaluate(
    ([place = '', name]) => void window.Inlay.mount(place, { widget: name, getToken: window.getToken }),
    [selector, widget],
  )
  const element = await page.locator(`${selector} iframe`).elementHandle()
  const frame = await element?.contentFrame()
  if (frame == null) throw new Error('There is no frame.')
  return frame
}

async function loadScript(): Promise<void> {
  await page.addScriptTag({ url: `${server.base}/embed/v1.js` })
}

/** Opens and closes the list of services: a dialog, in the top layer. */
async function pickService(root: Pick<Frame, 'getByRole'>): Promise<void> {
  await root.getByRole('button', { name: 'Connect an account' }).click()
  await root.getByRole('dialog').getByRole('button', { name: 'Slack', exact: true }).click()
  await root.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
}

/** Violations of the policies of the page and of its frames. */
async function violations(): Promise<string[]> {
  const all = await Promise.all(
    page.frames().map((frame) => frame.evaluate(() => window.violations ?? []).catch(() => [])),
  )
  return all.flat()
}

/** What a page's owner would notice: its elements, and how they look. */
async function looks(): Promise<unknown> {
  return page.evaluate(() => {
    const styles = ['html', 'body', 'h1', 'p', 'a', 'p button', 'main'].map((selector) => {
      const element = document.querySelector(selector)
      return element === null ? null : { ...getComputedStyle(element) }
    })
    return { html: document.documentElement.outerHTML, styles }
  })
}
