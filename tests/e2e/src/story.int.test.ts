/** The story of the README: from signing in to watching a run, and everything still there after a restart. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, picture } from './harness/browser.js'
import { isBuilt, RunningProduct } from './harness/product.js'

let product: RunningProduct
let browser: Browser
let page: Page
const failures: string[] = []

describe.skipIf(!isBuilt())('a vendor’s developer', () => {
  beforeAll(async () => {
    product = await RunningProduct.start()
    browser = await launchBrowser()
    page = await newPage()
  })

  afterAll(async () => {
    await browser?.close()
    await product?.dispose()
  })

  it('signs in to the portal and opens a customer’s automation', async () => {
    await signIn()
    await page.getByRole('link', { name: 'Acme Books' }).click()
    await page.getByRole('link', { name: 'Big orders to the sales chat' }).click()
    await page.getByRole('button', { name: /^Tell the sales chat/ }).waitFor()
    await picture(page, 'builder')
  })

  it('adds a step that uses data of an earlier one, and publishes', async () => {
    await page.getByRole('button', { name: 'Add a step' }).last().click()
    await page.getByRole('option', { name: /^Set values/ }).click()
    await page.getByLabel('Name of the step').fill('Remember')
    await page.getByRole('button', { name: /^Remember/ }).waitFor()
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^Publish/ }).click()
    await expect.poll(publishedVersion).toBe(2)
    await page.getByText('Version 2 is live').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await dialog.waitFor({ state: 'hidden' })
    await picture(page, 'builder-published')
  })

  it('sends a webhook, and watches the run go through step by step', async () => {
    await page.getByRole('tab', { name: 'Runs' }).click()
    const order = { order: { id: 'A-1001', total: 99.5, customer: 'Kim' } }
    const answer = await fetch(product.demo.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    })
    expect(answer.status).toBe(202)
    const { id } = (await answer.json()) as { id: string }
    await page.getByText('Succeeded').filter({ visible: true }).first().waitFor()
    await picture(page, 'runs')
    await page.goto(`${product.demo.baseUrl}/runs/${id}`)
    await page.getByRole('button', { name: /^Tell the sales chat/ }).click()
    await page.getByRole('tab', { name: 'Input' }).click()
    await page.getByText('Order A-1001 of 99.5 from Kim').first().waitFor()
    await picture(page, 'run')
    const { data } = await product.api<{ data: { stepId: string; status: string }[] }>('GET', `/v1/runs/${id}/steps`)
    expect(data.map(({ stepId, status }) => `${stepId} ${status}`)).toContain('tell succeeded')
    expect(data).toHaveLength(4)
    const { calls } = (await (await fetch(`${product.demo.stubUrl}/calls`)).json()) as {
      calls: { idempotencyKey: string }[]
    }
    expect(calls.map(({ idempotencyKey }) => idempotencyKey)).toEqual([`${id}/size/tell/0`])
  })

  it('stops everything with Ctrl-C, starts again, and finds it all still there', async () => {
    const { portalPassword } = product.demo
    expect(await product.interrupt()).toBe(0)
    product = await RunningProduct.start(product.folder)
    expect(product.demo.portalPassword).toBe(portalPassword)
    await page.close()
    page = await newPage()
    await signIn()
    await page.getByRole('link', { name: 'Runs' }).click()
    await page.getByRole('link', { name: 'Big orders to the sales chat' }).waitFor()
    expect(await publishedVersion()).toBe(2)
    await picture(page, 'portal-runs')
  })

  it('met no error of a page on the way', () => {
    expect(failures).toEqual([])
  })
})

async function newPage(): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  opened.on('pageerror', (error) => failures.push(error.message))
  return opened
}

async function signIn(): Promise<void> {
  await page.goto(product.demo.baseUrl)
  await page.getByLabel('E-mail address').fill(product.demo.portalEmail)
  await page.getByLabel('Password').fill(product.demo.portalPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Customers' }).waitFor()
}

async function publishedVersion(): Promise<number | null | undefined> {
  type Summary = { name: string; publishedVersion: number | null }
  const { data } = await product.api<{ data: Summary[] }>('GET', '/v1/workflows')
  return data.find(({ name }) => name.startsWith('Big orders'))?.publishedVersion
}
