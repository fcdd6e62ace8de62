// @vitest-environment happy-dom
import type { WorkflowDefinition } from '@inlay/engine'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { FIELDS } from '../../gallery/fixtures/every-field.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import { InlayTheme } from '../theme/InlayTheme.js'

/** Opens a workflow at one of its steps. Danish writes numbers with a comma, and nobody has translated it: texts are English. */
async function openStep(definition: WorkflowDefinition, card: RegExp) {
  const client = createMemoryClient({ definition })
  render(
    <InlayTheme locale="da">
      <WorkflowEditor client={client} workflowId="wf_orders" place={{ view: 'builder' }} onPlaceChange={() => {}} />
    </InlayTheme>,
  )
  fireEvent.click(await screen.findByRole('button', { name: card }))
  const panel = await screen.findByRole('complementary')
  const inputOf = async (id: string) => {
    const { draft } = await client.workflows.get.query({ id: 'wf_orders' })
    const { steps } = draft.definition as WorkflowDefinition
    const step = steps.find((each) => each.id === id)
    return step?.type === 'action' ? step.input : undefined
  }
  return { client, panel: within(panel), inputOf }
}

describe('the test of a step', () => {
  it('shows what it gave beside the form, and pins it', async () => {
    const { client, panel } = await openStep(ORDERS, /^Tell the sales team/)
    fireEvent.click(panel.getByRole('button', { name: 'Test step' }))
    await panel.findByText('It worked')
    expect(panel.getByText('1405895017.000506')).toBeDefined()
    expect((await client.workflows.samples.query({ id: 'wf_orders' })).steps).toHaveProperty('tell')
    await client.workflows.pin.mutate({ id: 'wf_orders', stepId: 'tell', value: { ts: '1' } })
    expect((await client.workflows.samples.query({ id: 'wf_orders' })).pinned).toEqual(['tell'])
  })

  it('says what failed and what to do, at the field that the service names, until the step is changed', async () => {
    const failing = JSON.parse(JSON.stringify(ORDERS).replaceAll('EUR', 'fail')) as WorkflowDefinition
    const { panel } = await openStep(failing, /^Tell the sales team/)
    fireEvent.click(panel.getByRole('button', { name: 'Test step' }))
    await panel.findByText('Channel: The service refused')
    const quoted = panel.getByText('Slack refused: channel_not_found')
    expect([quoted.getAttribute('lang'), quoted.getAttribute('dir')]).toEqual(['', 'auto'])
    const field = panel.getByText('This is not right yet: Slack refused: channel_not_found.')
    expect(field.closest('[data-field]')?.getAttribute('data-field')).toBe('/input/channel')
    fireEvent.change(panel.getByDisplayValue(/New order/), { target: { value: 'Other words' } })
    await waitFor(() => expect(panel.queryByText(/^This is not right yet/)).toBeNull())
  })
})

describe('a form', () => {
  it('takes numbers as the language writes them, moments with their zone, and several choices', async () => {
    const { panel, inputOf } = await openStep(FIELDS, /^Fill in everything/)
    fireEvent.change(panel.getByLabelText('Copies'), { target: { value: '1,5' } })
    fireEvent.change(panel.getByLabelText('When', { exact: false, selector: 'input' }), {
      target: { value: '2026-12-24T20:30' },
    })
    fireEvent.click(panel.getByLabelText('Pull request'))
    await waitFor(async () => {
      const input = await inputOf('fill')
      expect(input).toMatchObject({ copies: 1.5, events: ['issues', 'pull_request', 'push'] })
      expect(Date.parse(String(input?.['when']))).toBe(new Date('2026-12-24T20:30').getTime())
    })
  })

  it('switches a field from an expression to the value that it gives', async () => {
    const definition = JSON.parse(JSON.stringify(FIELDS).replace('"urgent":true', '"urgent":"{{ true }}"'))
    const { panel, inputOf } = await openStep(definition, /^Fill in everything/)
    fireEvent.click(panel.getByRole('button', { name: 'Use a plain value for Urgent' }))
    await waitFor(async () => expect(await inputOf('fill')).toHaveProperty('urgent', true))
    const toggle = panel.getByRole('button', { name: 'Calculate Urgent with an expression' })
    expect(toggle.getAttribute('aria-pressed')).toBe('false')
  })

  it('shows what an expression gives with the data of earlier steps, and data that is missing in words', async () => {
    const { panel } = await openStep(FIELDS, /^Fill in everything/)
    expect(await panel.findByText('891.91')).toBeDefined()
    expect(panel.getByText('missing')).toBeDefined()
  })
})
