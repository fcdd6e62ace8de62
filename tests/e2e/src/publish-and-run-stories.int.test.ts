/** From a draft to runs that somebody looks after, as a customer does it in the frame on a vendor's page. */
import type { Browser, FrameLocator, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, picture } from './harness/browser.js'
import { type FarService, startFarService } from './harness/far-service.js'
import { isBuilt, RunningProduct } from './harness/product.js'
import { type EndUser, VendorSite } from './harness/vendor-site.js'
import { Visitor } from './harness/visitor.js'

const KIM: EndUser = { sub: 'kim', name: 'Kim Lee' }

let product: RunningProduct
let browser: Browser
let site: VendorSite
let shop: FarService
let kim: Visitor
let widget: FrameLocator
let workflowId: string

/** Waits until there is such an element. */
async function appears(element: Locator): Promise<void> {
  await element.first().waitFor()
}

/** Something happens in the world: the webhook of a workflow is called. @returns the answer's status */
async function order(total: number, id = workflowId): Promise<number> {
  const { trigger } = await product.api<{ trigger: { webhookUrl: string } }>('GET', `/v1/workflows/${id}`)
  const headers = { 'content-type': 'application/json' }
  return (await fetch(trigger.webhookUrl, { method: 'POST', headers, body: JSON.stringify({ total }) })).status
}

/** The runs in the list, as what their rows say first. */
function rows(): Promise<string[]> {
  return widget.getByRole('table', { name: 'Runs' }).getByRole('button').allInnerTexts()
}

async function openView(name: 'Builder' | 'Runs'): Promise<void> {
  await widget.getByRole('tab', { name, exact: true }).click()
}

async function publish(version: number): Promise<void> {
  const dialog = widget.getByRole('dialog')
  await dialog.getByRole('button', { name: `Publish version ${version}` }).click()
  await appears(widget.getByText(`Version ${version} is live`))
  await dialog.getByRole('button', { name: 'Close' }).last().click()
}

/** Waits until the run that is looked at has come to this. */
async function runIs(status: string): Promise<void> {
  await appears(widget.locator('[data-inlay-part="run"]').getByText(status, { exact: true }))
}

describe.skipIf(!isBuilt())('a customer who looks after an automation', () => {
  beforeAll(async () => {
    site = await VendorSite.open()
    shop = await startFarService()
    product = await RunningProduct.start(undefined, { DEMO_ORIGINS: site.origin })
    site.serve(product.demo)
    workflowId = await product.create('Orders to the till', [
      { id: 'order', type: 'set', name: 'Read the order', values: { total: '{{ trigger.body.total }}' } },
      {
        ...{ id: 'tell', type: 'action', name: 'Tell the till', connector: 'http', action: 'request' },
        input: { method: 'POST', url: `${shop.url}/orders`, body: { total: '{{ steps.order.output.total }}' } },
      },
    ])
    browser = await launchBrowser()
    kim = await Visitor.enter(browser, addressOf(KIM, { workflowId }))
    widget = kim.widget
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    shop?.close()
    await product?.dispose()
  })

  it('is led to what keeps it from being published, and publishes it', async () => {
    const url = widget.getByRole('textbox', { name: /^URL/ })
    await widget.getByRole('button', { name: /^Tell the till/ }).click()
    await url.fill('')
    await widget.getByRole('textbox', { name: 'Name of the step' }).press('Escape')
    await widget.getByRole('button', { name: 'Publish', exact: true }).click()
    await appears(widget.getByRole('heading', { name: 'One thing to mend before publishing' }))
    await picture(kim.page, 'stories/publish-problems')
    await widget.getByRole('dialog').getByRole('button', { name: 'Show' }).click()
    await url.fill(`${shop.url}/sales`)
    await widget.getByRole('button', { name: 'Publish', exact: true }).click()
    await publish(1)
    await expect.poll(() => kim.events()).toContain('workflow.published')
    expect(await order(10)).toBe(202)
  })

  it('sees runs as they happen, and filters them', async () => {
    await openView('Runs')
    await expect.poll(rows).toEqual(['Succeeded'])
    shop.isBroken = true
    await order(20)
    await expect.poll(rows).toEqual(['Failed', 'Succeeded'])
    await picture(kim.page, 'stories/runs')
    await widget.getByRole('combobox', { name: 'Show runs that' }).selectOption('Failed')
    await expect.poll(rows).toEqual(['Failed'])
    await widget.getByRole('combobox', { name: 'Live or test' }).selectOption('Test runs')
    await appears(widget.getByText('No runs match these filters'))
    await widget.getByRole('button', { name: 'Clear filters' }).first().click()
    await expect.poll(rows).toEqual(['Failed', 'Succeeded'])
  })

  it('finds why a run failed, and goes on from there once it is mended', async () => {
    await widget.getByRole('table', { name: 'Runs' }).getByRole('button', { name: 'Failed' }).click()
    await runIs('Failed')
    await widget.getByRole('button', { name: /^Tell the till/ }).click()
    await appears(widget.getByText('What to do'))
    await picture(kim.page, 'stories/run-failed')
    shop.isBroken = false
    await widget.getByRole('button', { name: 'Replay from here' }).click()
    const dialog = widget.getByRole('dialog', { name: 'Replay from “Tell the till”?' })
    await dialog.getByRole('button', { name: 'Replay from here' }).click()
    await appears(widget.getByRole('button', { name: 'Made from another run' }))
    await runIs('Succeeded')
    expect(shop.calls).toEqual([{ total: 10 }, { total: 20 }, { total: 20 }])
  })

  it('runs it again with other input', async () => {
    await widget.getByRole('button', { name: 'More about this run' }).click()
    await widget.getByRole('menuitem', { name: 'Run again with other input' }).click()
    const dialog = widget.getByRole('dialog', { name: 'Run again with other input' })
    const input = dialog.getByRole('textbox', { name: 'Input' })
    await input.fill('{ "body": ')
    await appears(dialog.getByText(/^This is not valid JSON/))
    expect(await dialog.getByRole('button', { name: 'Run again' }).isDisabled()).toBe(true)
    await input.fill('{ "body": { "total": 30 } }')
    await dialog.getByRole('button', { name: 'Run again' }).click()
    await expect.poll(() => shop.calls.at(-1)).toEqual({ total: 30 })
    await runIs('Succeeded')
  })

  it('keeps a run as a test, which says before publishing what a change would do', async () => {
    await widget.getByRole('button', { name: 'Save as test' }).click()
    const saving = widget.getByRole('dialog', { name: 'Save this run as a test' })
    await saving.getByRole('textbox', { name: 'Name' }).fill('An order reaches the till')
    await saving.getByRole('button', { name: 'Save test' }).click()
    await appears(widget.getByText('The test is saved'))
    await openView('Builder')
    await widget.getByRole('button', { name: /^Read the order/ }).click()
    await widget.getByRole('textbox', { name: 'Name of the step' }).fill('Double the order')
    await widget.getByRole('textbox', { name: 'Value of total' }).fill('{{ trigger.body.total * 2 }}')
    const calls = shop.calls.length
    await widget.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = widget.getByRole('dialog', { name: 'Publish this workflow?' })
    await appears(dialog.getByText('1 test finds a difference'))
    await appears(dialog.getByText('“Double the order” gave', { exact: false }))
    await appears(dialog.getByRole('list', { name: 'Changes' }).getByText('{{ trigger.body.total * 2 }}'))
    await picture(kim.page, 'stories/publish-difference')
    await dialog.getByRole('tab', { name: 'Drawn' }).click()
    await appears(dialog.getByRole('button', { name: /^Double the order.*Changed/ }))
    await picture(kim.page, 'stories/publish-drawn')
    await dialog.getByRole('button', { name: 'This is right: expect it from now on' }).click()
    await appears(dialog.getByText('The test passes with this draft'))
    expect(shop.calls).toHaveLength(calls)
    await publish(2)
  })

  it('goes back to an older version, and may change its mind', async () => {
    await widget.getByRole('button', { name: 'Version history' }).click()
    const dialog = widget.getByRole('dialog', { name: 'Versions' })
    await dialog.getByRole('button', { name: /^Version 1/ }).click()
    await appears(dialog.getByText('What is different in the draft from version 1'))
    await picture(kim.page, 'stories/versions')
    await dialog.getByRole('button', { name: 'Restore version 1' }).click()
    await appears(widget.getByRole('button', { name: /^Read the order/ }))
    await widget.getByRole('button', { name: /^Undo/ }).click()
    await appears(widget.getByRole('button', { name: /^Double the order/ }))
    await widget.getByRole('button', { name: /^Redo/ }).click()
    await widget.getByRole('button', { name: 'Publish', exact: true }).click()
    await publish(3)
    await order(40)
    await expect.poll(() => shop.calls.at(-1)).toEqual({ total: 40 })
  })

  it('turns it off and on again', async () => {
    const isOn = widget.getByRole('switch', { name: 'On', exact: true })
    await isOn.click()
    const isOff = widget.getByRole('switch', { name: 'Off', exact: true })
    await appears(isOff)
    // The switch shows at once what is asked for; the event tells that it is so.
    await expect.poll(() => kim.events()).toContain('workflow.disabled')
    expect(await order(50)).toBeGreaterThanOrEqual(400)
    await isOff.click()
    await appears(isOn)
    await expect.poll(() => order(60)).toBe(202)
    await expect.poll(() => kim.events()).toContain('workflow.enabled')
  })

  it('cancels a run that waits; a colleague sees the same, and somebody of another company does not', async () => {
    const { id } = await product.publish('Remind later', [{ id: 'rest', type: 'wait', name: 'A day', for: '1d' }])
    await order(1, id)
    await kim.page.goto(addressOf(KIM, { workflowId: id, view: 'runs' }))
    await widget.getByRole('table', { name: 'Runs' }).getByRole('button', { name: 'Waiting' }).click()
    await runIs('Waiting')
    const [run] = (await product.api<{ data: { id: string }[] }>('GET', `/v1/runs?workflowId=${id}`)).data
    const colleague = await Visitor.enter(
      browser,
      addressOf({ sub: 'robin', name: 'Robin' }, { workflowId: id, runId: run?.id }),
    )
    await appears(colleague.widget.getByText('Waiting', { exact: true }))
    await widget.getByRole('button', { name: 'Cancel run' }).click()
    await widget.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click()
    await runIs('Cancelled')
    await appears(colleague.widget.getByText('Cancelled', { exact: true }))
    const stranger = { sub: 'sam', name: 'Sam', customer: 'blue-bikes' }
    const other = await Visitor.enter(browser, addressOf(stranger, { widget: 'runs', runId: run?.id }))
    await appears(other.widget.getByText('The run could not be loaded'))
    for (const { failures } of [kim, colleague, other]) expect(failures).toEqual([])
  })
})

function addressOf(user: EndUser, settings: object): string {
  return site.address(user, { appearance: { colorScheme: 'light' }, ...settings })
}
