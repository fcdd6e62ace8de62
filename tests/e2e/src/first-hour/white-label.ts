/** The product under a vendor's brand: set by clicks, then looked for our name wherever a customer gets. */

import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { picture } from '../harness/browser.js'
import { countEffort } from '../harness/effort.js'
import { recordFigure, secondsSince } from '../harness/figures.js'
import { freePort } from '../harness/product.js'
import { BrandWalk } from './brand-walk.js'
import { type Stage, signIn } from './stage.js'

const PRODUCT = 'Harbour'
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="32"><rect width="120" height="32" rx="6" fill="#0f766e"/></svg>'
const WIDGETS = ['builder', 'automations', 'connections', 'runs', 'templates', 'approvals']
const PORTAL = [
  'customers',
  'workflows',
  'runs',
  'connectors',
  'own-connectors',
  'templates',
  'marketplace',
  'connections',
  'branding',
  'audit-log',
  'api-keys',
  'webhooks',
  'settings',
  'no-such-page',
]

/** Name, logo and colours in the portal's theme editor, by clicks; what it took. */
export async function setBrand(stage: Stage): Promise<void> {
  const page = await stage.browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.on('pageerror', (error) => stage.failures.push(error.message))
  const effort = await countEffort(page)
  await signIn(page, stage.product)
  const logo = join(stage.product.folder, 'logo.svg')
  writeFileSync(logo, LOGO)
  Object.assign(effort, { clicks: 0, keys: 0 })
  const startMs = performance.now()
  await page.getByRole('link', { name: 'Branding' }).click()
  await page.getByLabel('Product name').click()
  await page.keyboard.type(PRODUCT)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Logo: choose a file' }).click()
  await (await chooser).setFiles(logo)
  await page.getByRole('tab', { name: 'Colours' }).click()
  const before = await colorOfPreview(page)
  await page.getByRole('textbox', { name: 'Primary, light', exact: true }).click()
  await page.keyboard.type('#0f766e')
  await page.getByRole('textbox', { name: 'Primary, dark', exact: true }).click()
  await page.keyboard.type('#5eead4')
  // The server knows of nothing yet.
  await expect.poll(() => colorOfPreview(page)).toBe('rgb(15, 118, 110)')
  const isPreviewLive = before !== 'rgb(15, 118, 110)'
  await picture(page, 'first-hour-branding')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  // The builder in the preview says “Saved” as well.
  await page.getByText('Your customers see it when they next open a page.').first().waitFor()
  const seconds = secondsSince(startMs)
  expect(await stage.product.api('GET', '/v1/branding')).toMatchObject({ productName: PRODUCT })
  recordFigure(15, { ...effort, seconds, isPreviewLive })
  await page.close()
}

/** Of the main button of the builder in the preview. */
function colorOfPreview(page: Page): Promise<string> {
  const button = page.getByRole('region', { name: 'Preview' }).locator('[data-variant="primary"]').first()
  return button.evaluate((element) => getComputedStyle(element).backgroundColor)
}

/** Every view that a customer can get to, the vendor's portal, headers, answers to programs and calls of automations. */
export async function lookForOurName(stage: Stage): Promise<void> {
  const walk = new BrandWalk(stage.product.demo.baseUrl)
  const { server, calls } = await listen()
  try {
    await walkWidgets(stage, walk)
    await walkApproval(stage, walk, server)
    await walkOAuth(stage, walk)
    await walkPortal(stage, walk)
    await walkAnswers(walk)
    for (const call of calls) walk.hold('a call of an automation', 'header', call)
  } finally {
    server.close()
  }
  expect(calls.length).toBeGreaterThan(0)
  const hits = [...new Set(walk.visible.map(({ view, where, text }) => `${view}: ${where} “${text}”`))]
  const inSource = [...walk.inSource.values()].reduce((sum, each) => sum + each, 0)
  recordFigure(15, { hits, pages: walk.views.length, inSource })
  expect(hits).toEqual([])
}

async function walkWidgets(stage: Stage, walk: BrandWalk): Promise<void> {
  const { id } = await stage.product.publish('Late orders', [
    { id: 'fails', type: 'set', values: { total: '{{ trigger.body.order.lines.length }}' } },
  ])
  const run = await stage.product.api<{ id: string }>('POST', `/v1/workflows/${id}/runs?wait=10`, { input: {} })
  const paths = [
    ...WIDGETS.map((widget) => ({ widget })),
    { workflowId: id },
    { workflowId: id, view: 'runs' },
    { workflowId: id, runId: run.id },
  ]
  for (const options of paths) {
    const view = `widget ${Object.values(options).join(' ').replace(id, 'workflow').replace(run.id, 'run')}`
    const { page, widget } = await stage.openWidget({ options, loaderQuery: '?global=Harbour&prefix=harbour' })
    walk.watch(page, () => view)
    await page.evaluate(() => Reflect.get(window, 'readyMs'))
    await widget.getByRole('heading').first().waitFor()
    await settle(page)
    await walk.look(page, view)
    walk.hold(view, 'vendor’s page', await page.evaluate(() => document.body.outerHTML))
    await page.close()
  }
}

/** A run waits for a person, who gets a link; a service of theirs is called with it. */
async function walkApproval({ product, browser }: Stage, walk: BrandWalk, server: Server): Promise<void> {
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/mail`
  const tell = {
    ...{ id: 'tell', type: 'action', connector: 'http', action: 'request' },
    input: { method: 'POST', url, body: { link: '{{ steps.ask.output.url }}' } },
  }
  const ask = { id: 'ask', type: 'wait', approval: { title: 'Refund 70 €?', message: 'Order 7' }, steps: [tell] }
  const links = new Promise<string>((resolve) => {
    server.on('mail', (body: string) => resolve(JSON.parse(body).link))
  })
  const { webhookUrl } = await product.publish('Refunds', [ask])
  await fetch(webhookUrl, { method: 'POST' })
  const link = await links
  const page = await browser.newPage()
  walk.watch(page, () => 'approval')
  await page.goto(link)
  await page.getByRole('button', { name: 'Approve' }).waitFor()
  await page.getByRole('img', { name: PRODUCT }).waitFor()
  await picture(page, 'first-hour-approval')
  await walk.look(page, 'approval')
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('heading', { name: 'Approved' }).waitFor()
  await walk.look(page, 'approval given')
  await page.goto(link)
  await walk.look(page, 'approval decided before')
  await page.goto(`${link.slice(0, -2)}xx`)
  await walk.look(page, 'approval link that leads nowhere')
  await page.close()
}

/** Connecting an account, up to the last page; the service's own pages are not ours. */
async function walkOAuth({ product, browser }: Stage, walk: BrandWalk): Promise<void> {
  const { customerId, baseUrl } = product.demo
  const { url } = await product.api<{ url: string }>('POST', '/v1/oauth/authorizations', {
    ...{ customerId, connector: 'acme', name: 'Tea House' },
  })
  const page = await browser.newPage()
  walk.watch(page, () => 'connecting an account')
  await page.goto(url)
  await walk.look(page, 'connecting begins')
  await page.getByRole('link', { name: /^Go on/ }).click()
  await page.getByText('Tea House').first().waitFor()
  await picture(page, 'first-hour-connecting')
  await walk.look(page, 'connecting is to be confirmed')
  await page
    .getByRole('button', { name: /connect/i })
    .first()
    .click()
  await page.getByRole('heading', { name: 'The account is connected' }).waitFor()
  await walk.look(page, 'connected')
  await page.goto(`${baseUrl}/oauth/callback/acme?state=wrong`)
  await walk.look(page, 'connecting went wrong')
  await page.goto(`${baseUrl}/oauth/start/none`)
  await walk.look(page, 'connecting by a link that leads nowhere')
  await page.close()
}

async function walkPortal({ product, browser }: Stage, walk: BrandWalk): Promise<void> {
  const { baseUrl } = product.demo
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  let view = 'an address that leads nowhere'
  walk.watch(page, () => view)
  await page.goto(`${baseUrl}/nothing-here`)
  await page.getByLabel('Password').waitFor()
  await walk.look(page, view)
  await page.goto(`${baseUrl}/embed/`)
  await page.getByText('This page is shown inside other pages').waitFor()
  await walk.look(page, 'the frame’s page by itself')
  await signIn(page, product)
  for (const path of PORTAL) {
    view = `portal ${path}`
    await page.goto(`${baseUrl}/${path}`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await settle(page)
    await walk.look(page, view)
  }
  await page.goto(`${baseUrl}/docs`)
  await page.getByRole('heading').first().waitFor()
  await walk.look(page, 'the documentation of the API')
  await page.close()
}

async function walkAnswers(walk: BrandWalk): Promise<void> {
  for (const path of ['/nothing.txt', '/v1/nothing', '/v1/runs', '/hooks/none', '/embed/v1.js', '/healthz'])
    if (path !== '/embed/v1.js') await walk.ask(path)
  await walk.ask('/trpc/nothing')
  await walk.ask('/v1/events', { method: 'POST', body: '{' })
  await walk.ask('/approvals/none', { headers: { accept: 'text/html' } })
  await walk.ask('/v1/openapi.json')
}

/** Waits until a page has asked for all that it shows. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined)
}

/** A service of the customer's that automations call: it sees what their calls say of themselves. */
async function listen(): Promise<{ server: Server; calls: string[] }> {
  const calls: string[] = []
  const server = createServer(async (request, response) => {
    for (const [name, value] of Object.entries(request.headers)) calls.push(`${name}: ${value}`)
    let body = ''
    for await (const chunk of request) body += String(chunk)
    response.end('{}')
    server.emit('mail', body)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { server, calls }
}
