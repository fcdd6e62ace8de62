/** The builder in a frame of another site, as people meet it: without a network, with others, after the session's end. */
import type { Browser, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, picture } from './harness/browser.js'
import { isBuilt, RunningProduct } from './harness/product.js'
import { type EndUser, VendorSite } from './harness/vendor-site.js'
import { Visitor } from './harness/visitor.js'
import { wordsOf } from './harness/words.js'

const KIM: EndUser = { sub: 'kim', name: 'Kim Lee' }
const ROBIN: EndUser = { sub: 'robin', name: 'Robin Day' }
const NOOR: EndUser = { sub: 'noor', name: 'نور', customer: 'blue-bikes' }

let product: RunningProduct
let browser: Browser
let site: VendorSite
const visitors: Visitor[] = []

/** A new workflow of one step. @returns its id */
function makeWorkflow(): Promise<string> {
  return product.create('Orders', [{ id: 'order', type: 'set', name: 'Order', values: { total: 1 } }])
}

/** Opens a workflow as somebody, and its step. */
async function enter(user: EndUser, workflowId: string, tabOf?: Visitor): Promise<Visitor> {
  const address = site.address(user, { workflowId, appearance: { colorScheme: 'light' } })
  const visitor = await (tabOf === undefined
    ? Visitor.enter(browser, address)
    : Visitor.openTab(tabOf.context, address))
  visitors.push(visitor)
  await visitor.widget.getByRole('button', { name: /^Order\b/ }).click()
  return visitor
}

/** Waits until the step on the canvas has a name. */
async function shows({ widget }: Visitor, name: string): Promise<void> {
  await widget.getByRole('button', { name: new RegExp(`^${name}\\b`) }).waitFor()
}

/** Types a name for the step into the panel. */
async function rename({ widget }: Visitor, name: string): Promise<void> {
  await widget.getByRole('textbox', { name: 'Name of the step' }).fill(name)
}

/** Waits until the toolbar says how the draft is saved. */
async function saysOfSaving({ widget }: Visitor, words: string): Promise<void> {
  await widget.getByRole('status').getByText(words, { exact: true }).waitFor()
}

/** What the step is called in the draft on the server. */
async function savedName(workflowId: string): Promise<string | undefined> {
  type Answer = { draft: { definition: { steps: { name?: string }[] } } }
  const { draft } = await product.api<Answer>('GET', `/v1/workflows/${workflowId}`)
  return draft.definition.steps[0]?.name
}

describe.skipIf(!isBuilt())('the builder on a vendor’s page of another site', () => {
  beforeAll(async () => {
    site = await VendorSite.open()
    product = await RunningProduct.start(undefined, { DEMO_ORIGINS: site.origin })
    site.serve(product.demo)
    browser = await launchBrowser()
  })

  afterEach(async () => {
    for (const visitor of visitors.splice(0)) {
      expect([visitor.failures, await visitor.violations()]).toEqual([[], []])
      await visitor.context.close()
    }
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    await product?.dispose()
  })

  it('goes on without a network, says so, would rather not be left, and saves everything once it is back', async () => {
    const id = await makeWorkflow()
    const kim = await enter(KIM, id)
    await kim.context.setOffline(true)
    await rename(kim, 'Order on the train')
    await kim.widget.getByText('You are offline').waitFor()
    await saysOfSaving(kim, 'Offline: not saved')
    await picture(kim.page, 'stories/offline')
    await rename(kim, 'Order in the tunnel')
    await shows(kim, 'Order in the tunnel')
    await kim.widget.getByRole('button', { name: /^Undo/ }).click()
    await shows(kim, 'Order on the train')
    await kim.widget.getByRole('button', { name: /^Redo/ }).click()
    await shows(kim, 'Order in the tunnel')
    expect([await kim.wantsToStay(), await savedName(id)]).toEqual([true, 'Order'])
    await kim.context.setOffline(false)
    await saysOfSaving(kim, 'Saved')
    expect([await kim.wantsToStay(), await savedName(id)]).toEqual([false, 'Order in the tunnel'])
    expect(await kim.widget.getByText('You are offline').isVisible()).toBe(false)
  })

  it('loses nothing when the server does not answer, nor when it answers and nobody hears', async () => {
    const id = await makeWorkflow()
    const kim = await enter(KIM, id)
    const save = '**/trpc/workflows.saveDraft*'
    await kim.page.route(save, (route) => route.abort())
    await rename(kim, 'Order one')
    await saysOfSaving(kim, 'Offline: not saved')
    await kim.page.unroute(save)
    await kim.widget.getByRole('button', { name: 'Try now' }).click()
    await saysOfSaving(kim, 'Saved')
    expect(await savedName(id)).toBe('Order one')
    await kim.page.route(save, async (route) => {
      await route.fetch()
      await route.abort()
    })
    await rename(kim, 'Order two')
    await saysOfSaving(kim, 'Offline: not saved')
    await rename(kim, 'Order three')
    await kim.page.unroute(save)
    await saysOfSaving(kim, 'Saved')
    expect(await savedName(id)).toBe('Order three')
    expect(await kim.widget.getByText('Somebody else changed this workflow').isVisible()).toBe(false)
  })

  it('keeps what was typed right before a reload', async () => {
    const id = await makeWorkflow()
    const kim = await enter(KIM, id)
    await rename(kim, 'Order at the last moment')
    await kim.page.reload()
    await shows(kim, 'Order at the last moment')
    expect(await savedName(id)).toBe('Order at the last moment')
  })

  it('shows people to each other, and what each of them changes', async () => {
    const id = await makeWorkflow()
    const kim = await enter(KIM, id)
    const robin = await enter(ROBIN, id)
    const tab = await enter(KIM, id, kim)
    const sees = ({ widget }: Visitor, words: string) =>
      widget.getByRole('list', { name: 'Also here' }).getByText(words).first().waitFor()
    await sees(robin, 'Kim Lee has this workflow open')
    await sees(kim, 'Robin Day has this workflow open')
    await sees(kim, 'You, in another window')
    await sees(tab, 'You, in another window')
    await picture(kim.page, 'stories/presence')
    await rename(robin, 'Robin was here')
    for (const other of [kim, tab]) await shows(other, 'Robin was here')
    await rename(tab, 'Kim was here')
    for (const other of [kim, robin]) await shows(other, 'Kim was here')
    await tab.page.close()
    visitors.splice(visitors.indexOf(tab), 1)
    await kim.widget.getByText('You, in another window').waitFor({ state: 'detached' })
  })

  it('asks when two people changed the same, and loses neither’s words, whatever is answered', async () => {
    const id = await makeWorkflow()
    const kim = await enter(KIM, id)
    const robin = await enter(ROBIN, id)
    const disagree = async (round: string): Promise<void> => {
      await robin.context.setOffline(true)
      await rename(robin, `Robin ${round}`)
      await saysOfSaving(robin, 'Offline: not saved')
      await rename(kim, `Kim ${round}`)
      await saysOfSaving(kim, 'Saved')
      await robin.context.setOffline(false)
      await robin.widget.getByText('Somebody else changed this workflow').waitFor()
    }
    const undo = ({ widget }: Visitor) => widget.getByRole('button', { name: /^Undo/ }).click()
    await disagree('first')
    await picture(robin.page, 'stories/conflict')
    await robin.widget.getByRole('button', { name: 'Load the other version' }).click()
    await shows(robin, 'Kim first')
    await undo(robin)
    await shows(robin, 'Robin first')
    await shows(kim, 'Robin first')
    await disagree('second')
    await robin.widget.getByRole('button', { name: 'Replace it with mine' }).click()
    await shows(kim, 'Robin second')
    await undo(robin)
    await shows(robin, 'Kim second')
    await shows(kim, 'Kim second')
    expect(await savedName(id)).toBe('Kim second')
  })

  it('renews a session that has ended while somebody types', async () => {
    const id = await makeWorkflow()
    const kim = await enter(KIM, id)
    await endSession(kim)
    await rename(kim, 'Order after an hour')
    await expect.poll(() => savedName(id)).toBe('Order after an hour')
    await saysOfSaving(kim, 'Saved')
    expect(await kim.reasons()).toEqual(['start', 'unauthorized'])
    await expect.poll(() => kim.events()).toContain('token.refreshed')
    expect(await kim.widget.getByText('The session has ended').isVisible()).toBe(false)
  })

  it('keeps what is typed while the vendor gives no token, and saves it after Reconnect', async () => {
    const id = await makeWorkflow()
    const kim = await enter(KIM, id)
    await endSession(kim)
    site.isRefusing = true
    await rename(kim, 'Order without a token')
    await kim.widget.getByText('The session has ended').waitFor()
    await saysOfSaving(kim, 'Signed out: not saved')
    expect(await kim.widget.getByText('You are offline').isVisible()).toBe(false)
    await picture(kim.page, 'stories/signed-out')
    await rename(kim, 'Order kept')
    await shows(kim, 'Order kept')
    expect(await kim.wantsToStay()).toBe(true)
    site.isRefusing = false
    await kim.widget.getByRole('button', { name: 'Reconnect' }).click()
    await saysOfSaving(kim, 'Saved')
    expect(await savedName(id)).toBe('Order kept')
    await expect.poll(() => kim.events()).toContain('session.expired')
  })

  it('is built by mouse in Arabic, from the right, on a narrow page', async () => {
    const t = await wordsOf('ar')
    const noor = await Visitor.enter(browser, site.address(NOOR, { locale: 'ar' }), { width: 768, height: 900 })
    visitors.push(noor)
    const { widget, page } = noor
    const click = (name: string): Promise<void> =>
      widget
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .first()
        .click()
    const choose = async (words: string): Promise<void> => {
      await widget.getByRole('combobox', { name: t('add.search') }).fill(words)
      await widget.getByRole('option', { name: words }).first().click()
    }
    await click(t('start.title'))
    await widget.getByRole('textbox', { name: t('workflows.name') }).fill('طلبات كبيرة')
    await click(t('start.create'))
    await click(t('canvas.addFirst'))
    await choose(t('step.branch'))
    await click(t('step.branch'))
    await widget.getByRole('textbox', { name: t('condition.field') }).fill('trigger.body.total')
    await widget.getByRole('combobox', { name: t('condition.operator') }).selectOption({ label: t('operator.greater') })
    await widget.getByRole('textbox', { name: t('condition.value') }).fill('500')
    await picture(page, 'stories/arabic-condition')
    const panel = await widget.locator('[data-inlay-part="step-panel"]').boundingBox()
    expect(panel?.x).toBeLessThan(768 / 2)
    await click(t('ui.close'))
    await widget.locator('[data-nav$="/cases/0/steps/0"]').click()
    await choose('Send a request')
    await click('Send a request')
    await widget.getByRole('textbox', { name: /^URL/ }).fill('https://example.com/orders')
    await saysOfSaving(noor, t('toolbar.saved'))
    await picture(page, 'stories/arabic-flow')
    const { data } = await product.api<{ data: { id: string; name: string }[] }>('GET', '/v1/workflows')
    const id = data.find(({ name }) => name === 'طلبات كبيرة')?.id ?? ''
    const { draft } = await product.api<{ draft: { definition: unknown } }>('GET', `/v1/workflows/${id}`)
    const request = { type: 'action', connector: 'http', input: { url: 'https://example.com/orders' } }
    expect(draft.definition).toMatchObject({
      trigger: { type: 'webhook' },
      steps: [{ type: 'branch', cases: [{ if: '{{ trigger.body.total > 500 }}', steps: [request] }] }],
    })
    await click(t('ui.close'))
    await walksAsItLooks(noor)
    const overflow = await widget.locator('html').evaluate((it) => it.scrollWidth - it.clientWidth)
    expect([await widget.locator('[data-inlay-part="root"]').getAttribute('dir'), overflow]).toEqual(['rtl', 0])
  })
})

/** Arrow keys lead to what is seen there, whatever direction the language is read in. */
async function walksAsItLooks({ widget, page }: Visitor): Promise<void> {
  const focused = widget.locator('[data-nav]:focus')
  const xOf = async (): Promise<number> => (await focused.boundingBox())?.x ?? Number.NaN
  await widget.locator('[data-nav$="/cases/0/steps/0"]').focus()
  const start = await xOf()
  await page.keyboard.press('ArrowRight')
  const right = await xOf()
  expect(right).toBeGreaterThan(start)
  await page.keyboard.press('ArrowLeft')
  expect(await xOf()).toBeLessThan(right)
}

/** From now on the server does not know the session any more that somebody has. */
async function endSession({ page }: Visitor): Promise<void> {
  let ended: string | undefined
  await page.route('**/trpc/**', async (route: Route) => {
    const session = await route.request().headerValue('authorization')
    ended ??= session ?? undefined
    if (session === null || session !== ended) return route.continue()
    const data = { code: 'auth.required', httpStatus: 401, title: 'Sign in again.' }
    return route.fulfill({ status: 401, json: { error: { message: 'Sign in again.', code: -32001, data } } })
  })
}
