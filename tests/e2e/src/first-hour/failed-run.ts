import { expect } from 'vitest'
import { picture } from '../harness/browser.js'
import { recordFigure } from '../harness/figures.js'
import type { Stage } from './stage.js'

/** Steps that fail each in a way of its own. */
function failing(stubUrl: string): readonly [name: string, step: object][] {
  const request = { id: 'fails', type: 'action', connector: 'http', action: 'request' }
  return [
    ['No such field', { id: 'fails', type: 'set', values: { total: '{{ trigger.body.order.lines.length * 2 }}' } }],
    ['Nobody answers', { ...request, input: { method: 'GET', url: 'http://127.0.0.1:1/' }, retry: { maxAttempts: 1 } }],
    ['Not an address', { ...request, input: { method: 'GET', url: `${stubUrl}:x` }, retry: { maxAttempts: 1 } }],
  ]
}

/** From the list of runs: why it failed, what to do, the way to the step, and running again from there. */
export async function explainFailedRuns(stage: Stage): Promise<void> {
  const { product } = stage
  const seen: { cause: boolean; advice: boolean; link: boolean; clicks: number }[] = []
  for (const [name, step] of failing(product.demo.stubUrl)) {
    const first = { id: 'first', type: 'set', values: { seen: true } }
    const { id, webhookUrl } = await product.publish(name, [first, step])
    await fetch(webhookUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    await expect.poll(() => statusOf(stage, id)).toEqual(['failed'])
    seen.push(await lookAt(stage, id, name))
    await expect.poll(() => statusOf(stage, id)).toHaveLength(2)
  }
  const all = (fact: 'cause' | 'advice' | 'link') => seen.every((each) => each[fact])
  const clicksToReplay = Math.max(...seen.map(({ clicks }) => clicks))
  recordFigure(14, { cause: all('cause'), advice: all('advice'), link: all('link'), clicksToReplay })
}

async function lookAt(stage: Stage, workflowId: string, name: string) {
  const { page, widget, effort } = await stage.openWidget({ options: { workflowId, view: 'runs' } })
  const row = widget.getByRole('row').filter({ hasText: 'Failed' }).first()
  await row.waitFor()
  effort.clicks = 0
  await row.click()
  const [{ error } = { error: null }] = await runsOf(stage, workflowId)
  const help = widget.locator('[role="alert"], [data-tone="danger"]').filter({ hasText: 'What to do' }).first()
  await help.waitFor()
  const text = (await help.textContent()) ?? ''
  await picture(page, `first-hour-failed-${name.toLowerCase().replaceAll(' ', '-')}`)
  const link = widget.getByRole('button', { name: 'Fix in the builder' })
  const facts = {
    cause: error !== null && text.includes(error.title),
    advice: /What to do\s*\S+/.test(text),
    link: await link.isVisible(),
  }
  await widget.getByRole('button', { name: 'Replay from here' }).first().click()
  const { clicks } = effort
  await widget.getByRole('dialog').getByRole('button', { name: 'Replay from here' }).click()
  await widget.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.close()
  return { ...facts, clicks }
}

interface Run {
  readonly status: string
  readonly error: { readonly title: string } | null
}

async function runsOf({ product }: Stage, workflowId: string): Promise<readonly Run[]> {
  return (await product.api<{ data: Run[] }>('GET', `/v1/runs?workflowId=${workflowId}`)).data
}

async function statusOf(stage: Stage, workflowId: string): Promise<string[]> {
  return (await runsOf(stage, workflowId)).map(({ status }) => status)
}
