/** A customer's first automation of their own, by mouse: made, tried and kept. */
import { expect } from 'vitest'
import { picture } from '../harness/browser.js'
import { recordFigure, secondsSince } from '../harness/figures.js'
import type { Stage, WidgetPage } from './stage.js'

/** Nobody else's: it begins with nothing. */
const CUSTOMER = 'green-grocer'

interface Saved {
  readonly draft: { readonly definition: { readonly name: string; readonly steps: readonly object[] } }
}

/** Of the automation that the first of these stories makes, for the others. */
let workflowId = ''
let opened: WidgetPage

/** Webhook, condition and request, without a key but for texts. */
export async function buildByMouse(stage: Stage): Promise<void> {
  const left: string[] = []
  opened = await stage.openWidget({ customer: CUSTOMER })
  const { page, widget, effort } = opened
  await widget.getByRole('button', { name: 'New automation' }).first().waitFor()
  page.on('popup', (other) => left.push(other.url()))
  page.on('framenavigated', (frame) => left.push(frame.url()))
  const startMs = performance.now()
  await widget.getByRole('button', { name: 'New automation' }).first().click()
  const dialog = widget.getByRole('dialog')
  await dialog.getByRole('textbox').click()
  await page.keyboard.type('Big orders')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await widget.getByRole('button', { name: /^Webhook/ }).waitFor()
  await widget.getByRole('button', { name: 'Add the first step' }).click()
  await widget.getByRole('option', { name: /^Branch/ }).click()
  const panel = widget.locator('[data-inlay-part="step-panel"]')
  await panel.getByRole('textbox', { name: 'Choose data' }).first().click()
  await page.keyboard.type('trigger.body.total')
  await panel.getByRole('combobox', { name: 'Comparison' }).selectOption({ label: 'is greater than' })
  // The list is the browser's own, whose clicks a page is not told: one opens it, one chooses.
  effort.clicks += 2
  await panel.getByRole('textbox', { name: 'Value' }).first().click()
  await page.keyboard.type('500')
  await widget.getByRole('button', { name: 'Add a step' }).nth(1).click()
  await widget.getByRole('combobox', { name: 'Search apps and actions' }).click()
  await page.keyboard.type('send a request')
  await widget
    .getByRole('option', { name: /^Send a request/ })
    .first()
    .click()
  await panel.getByRole('textbox', { name: /^URL/ }).click()
  await page.keyboard.type(`${stage.product.demo.stubUrl}/chat`)
  await widget.getByText('Saved', { exact: true }).waitFor()
  const seconds = secondsSince(startMs)
  const made = { ...effort }
  await picture(page, 'first-hour-blank')
  workflowId = await idOfOnly(stage)
  expect((await saved(stage)).steps).toMatchObject([
    {
      type: 'branch',
      cases: [
        {
          if: '{{ trigger.body.total > 500 }}',
          steps: [{ type: 'action', connector: 'http', input: { url: `${stage.product.demo.stubUrl}/chat` } }],
        },
      ],
    },
  ])
  recordFigure(10, { ...made, seconds, timesLeft: left.length })
}

/** The step that is open, with the data there is. */
export async function testOneStep(stage: Stage): Promise<void> {
  const { page, widget, effort } = opened
  const panel = widget.locator('[data-inlay-part="step-panel"]')
  const before = effort.clicks
  const startMs = performance.now()
  await panel.getByRole('button', { name: 'Test step' }).click()
  const result = panel.locator('[data-inlay-part="step-test"]').getByRole('status').getByText('It worked')
  await result.waitFor()
  const seconds = secondsSince(startMs)
  await picture(page, 'first-hour-step-test')
  const isBesideFields = await panel.getByRole('textbox', { name: /^URL/ }).isVisible()
  expect(stage.failures).toEqual([])
  recordFigure(11, { clicks: effort.clicks - before, seconds, isBesideFields })
}

/** Edits that are older than two seconds, and one that is not, before the page is loaded again. */
export async function surviveRefresh(stage: Stage): Promise<void> {
  await opened.page.close()
  const { page, widget } = await stage.openWidget({ customer: CUSTOMER, options: { workflowId } })
  const nameOf = () => widget.getByRole('textbox', { name: 'Name of the workflow' })
  await rename(nameOf(), 'Two seconds old')
  await page.waitForTimeout(2_000)
  await page.reload()
  const lostEdits = (await saved(stage)).name === 'Two seconds old' ? 0 : 1
  let wasAsked = false
  page.on('dialog', async (dialog) => {
    wasAsked ||= dialog.type() === 'beforeunload'
    await dialog.accept()
  })
  await page.evaluate((options) => Reflect.get(window, 'show')(options), { workflowId })
  await rename(nameOf(), 'Just now')
  await page.reload()
  const hasSurvived = await expect
    .poll(async () => (await saved(stage)).name)
    .toBe('Just now')
    .then(() => true)
    .catch(() => false)
  await page.close()
  const freshEdit = hasSurvived ? 'kept' : wasAsked ? 'asked about' : 'lost'
  recordFigure(13, { lostEdits, freshEdit })
  expect(lostEdits).toBe(0)
}

async function rename(field: ReturnType<WidgetPage['widget']['getByRole']>, name: string): Promise<void> {
  await field.click()
  await field.fill(name)
  await field.press('Enter')
}

async function idOfOnly({ product }: Stage): Promise<string> {
  const { data: customers } = await product.api<{ data: { id: string; externalId: string }[] }>('GET', '/v1/customers')
  const customerId = customers.find(({ externalId }) => externalId === CUSTOMER)?.id
  const { data } = await product.api<{ data: { id: string }[] }>('GET', `/v1/workflows?customerId=${customerId}`)
  expect(data).toHaveLength(1)
  return data[0]?.id ?? ''
}

async function saved({ product }: Stage): Promise<Saved['draft']['definition']> {
  return (await product.api<Saved>('GET', `/v1/workflows/${workflowId}`)).draft.definition
}
