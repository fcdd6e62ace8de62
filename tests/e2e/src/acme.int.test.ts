/** The connector of `examples/acme-connector`, which was written from the docs alone, in the builder of a running product. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AcmeService, startAcme } from '@inlay/example-acme-connector'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, picture } from './harness/browser.js'
import { isBuilt, ROOT, RunningProduct } from './harness/product.js'

let acme: AcmeService
let product: RunningProduct
let browser: Browser
let page: Page
let folder: string
let workflowId: string
const failures: string[] = []

const order = (id: string, status: 'open' | 'paid') => ({
  id,
  customer_id: 'C-1',
  status,
  total: 20,
  updated_at: new Date().toISOString(),
})

describe.skipIf(!isBuilt())('a customer of a product with a connector of its own', () => {
  beforeAll(async () => {
    acme = await startAcme()
    folder = mkdtempSync(join(tmpdir(), 'inlay-acme-'))
    const file = join(folder, 'acme.mjs')
    const source = join(ROOT, 'examples/acme-connector/dist/index.js')
    writeFileSync(
      file,
      `import { createAcmeConnector } from 'file://${source}'
export const connector = createAcmeConnector(${JSON.stringify(acme.addresses)})`,
    )
    product = await RunningProduct.start(undefined, { EXTRA_CONNECTORS: file, INLAY_EGRESS_ALLOW: '127.0.0.0/8' })
    await product.api('PUT', '/v1/oauth/clients/acme', { clientId: 'test-client', clientSecret: 'test-client-secret' })
    const definition = {
      schema: 'inlay/workflow@1',
      name: 'Paid orders',
      trigger: { type: 'manual' },
      steps: [{ id: 'note', type: 'set', values: { order: '{{ trigger }}' } }],
    }
    const { customerId } = product.demo
    const created = await product.api<{ id: string }>('POST', '/v1/workflows', {
      customerId,
      name: 'Paid orders',
      definition,
    })
    workflowId = created.id
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.on('pageerror', (error) => failures.push(error.message))
  })

  afterAll(async () => {
    await browser?.close()
    await product?.dispose()
    await acme?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('finds the app’s trigger in the builder', async () => {
    await signIn()
    await page.goto(`${product.demo.baseUrl}/workflows/${workflowId}`)
    await page.getByRole('button', { name: /^Manual\. / }).click()
    await page.getByRole('button', { name: 'App', exact: true }).click()
    await page.getByPlaceholder('Search apps and triggers').fill('Order paid')
    await picture(page, 'acme-picker')
    await page
      .getByRole('option', { name: /Order paid/ })
      .first()
      .click()
    await picture(page, 'acme-trigger')
  })

  it('signs in at the app, sees both sides, and is connected', async () => {
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Create orders').waitFor()
    await picture(page, 'acme-connect')
    const opened = page.waitForEvent('popup')
    await dialog.getByRole('button', { name: 'Sign in with Acme' }).click()
    const popup = await opened
    await popup.getByText('Tea House').first().waitFor()
    await picture(popup, 'acme-confirm')
    await popup.getByRole('button', { name: /connect/i }).click()
    await page.getByText('Working').first().waitFor()
    await picture(page, 'acme-connected')
  })

  it('publishes, and each paid order starts one run, however often it is told', async () => {
    await page.getByText('Saved', { exact: true }).waitFor()
    await product.api('POST', `/v1/workflows/${workflowId}/publish`, {})
    await expect.poll(stateOfTrigger, { interval: 250 }).toBe('active')
    const deliveries = acme.paid(order('A-1001', 'paid'))
    expect(deliveries).toHaveLength(1)
    for (const { url, headers, rawBody } of [...deliveries, ...deliveries]) {
      const { status } = await fetch(url, { method: 'POST', headers, body: rawBody })
      expect(status).toBeLessThan(300)
    }
    const [forged] = acme.paid(order('A-1002', 'paid'))
    const refused = await fetch(forged?.url ?? '', { method: 'POST', headers: forged?.headers ?? {}, body: '{}' })
    expect(refused.status).toBe(401)
    await expect.poll(runs, { interval: 250 }).toEqual(['succeeded'])
  })

  it('starts on what polling finds, but not on what was there before', async () => {
    acme.orders.push({ ...order('A-1', 'open'), updated_at: '2026-01-01T00:00:00.000Z' })
    const { draft } = await product.api<{ draft: { revision: number; definition: { trigger: object } } }>(
      'GET',
      `/v1/workflows/${workflowId}`,
    )
    const definition = {
      ...draft.definition,
      trigger: { ...draft.definition.trigger, trigger: 'orderChanged', input: {} },
    }
    await product.api('PUT', `/v1/workflows/${workflowId}/draft`, { definition, baseRevision: draft.revision })
    await product.api('POST', `/v1/workflows/${workflowId}/publish`, {})
    await expect.poll(lastPoll, { interval: 250 }).not.toBeNull()
    expect(await runs()).toEqual(['succeeded'])
    const { data } = await product
      .api<{ data: unknown }>('POST', `/v1/workflows/${workflowId}/trigger-sample`, {})
      .then((sample) => ({ data: sample }))
    expect(JSON.stringify(data)).toContain('A-1')
  })

  it('met no error of a page on the way', () => {
    expect(failures).toEqual([])
  })
})

async function signIn(): Promise<void> {
  await page.goto(product.demo.baseUrl)
  await page.getByLabel('E-mail address').fill(product.demo.portalEmail)
  await page.getByLabel('Password').fill(product.demo.portalPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Customers' }).waitFor()
}

interface ShownTrigger {
  readonly trigger: { readonly connector: { readonly status: string; readonly lastPollAt: string | null } | null }
}

async function stateOfTrigger(): Promise<string | undefined> {
  const { trigger } = await product.api<ShownTrigger>('GET', `/v1/workflows/${workflowId}`)
  return trigger.connector?.status
}

async function lastPoll(): Promise<string | null> {
  const { trigger } = await product.api<ShownTrigger>('GET', `/v1/workflows/${workflowId}`)
  return trigger.connector?.lastPollAt ?? null
}

async function runs(): Promise<string[]> {
  const { data } = await product.api<{ data: { status: string }[] }>('GET', `/v1/runs?workflowId=${workflowId}`)
  return data.map(({ status }) => status)
}
