// @vitest-environment happy-dom
import { WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import type { BuilderClient } from '../data/client.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { WorkflowEditor } from './WorkflowEditor.js'

const EMPTY: WorkflowDefinition = {
  schema: WORKFLOW_SCHEMA,
  name: 'Orders',
  trigger: { type: 'manual' },
  steps: [],
}

// Saving waits for a pause in typing, and the machine may be busy.

function show(client: BuilderClient): void {
  render(
    <InlayTheme locale="en">
      <WorkflowEditor client={client} workflowId="wf_orders" place={{ view: 'builder' }} onPlaceChange={() => {}} />
    </InlayTheme>,
  )
}

async function open(definition: WorkflowDefinition) {
  const client = createMemoryClient({ definition, isPublished: false })
  show(client)
  await screen.findByRole('button', { name: /^Manual/ })
  return async () => (await client.workflows.get.query({ id: 'wf_orders' })).draft.definition as WorkflowDefinition
}

async function addStep(name: string, plus = 'Add the first step'): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: plus }))
  fireEvent.click(await screen.findByRole('option', { name: new RegExp(`^${name}`) }))
}

describe('WorkflowEditor', () => {
  it('adds a step, takes what is typed into its form, and keeps it', async () => {
    const saved = await open(EMPTY)
    await addStep('Ask for approval')
    const panel = await screen.findByRole('complementary', { name: 'Ask for approval' })
    fireEvent.change(within(panel).getByLabelText('What to decide'), { target: { value: 'May we send it?' } })
    await screen.findByRole('button', { name: 'Ask for approval. May we send it?' })
    await waitFor(async () => {
      expect((await saved()).steps).toMatchObject([{ type: 'wait', approval: { title: 'May we send it?' } }])
    })
  })

  it('changes what a wait waits for without losing what else it carries', async () => {
    const saved = await open({
      ...EMPTY,
      steps: [{ id: 'pause', name: 'Pause', type: 'wait', for: '5m', if: '{{ true }}' }],
    })
    fireEvent.click(screen.getByRole('button', { name: /^Pause/ }))
    fireEvent.change(await screen.findByLabelText('Wait'), { target: { value: 'callback' } })
    await waitFor(async () => {
      const [step] = (await saved()).steps
      expect(step).toEqual({
        id: 'pause',
        name: 'Pause',
        type: 'wait',
        if: '{{ true }}',
        callback: { timeout: '1d' },
      })
    })
    expect(screen.getByText('Tell people')).toBeDefined()
  })

  it('tests with sample data also when it comes after the dialog, and not in place of what was typed', async () => {
    const client = createMemoryClient({ definition: { ...EMPTY, trigger: { type: 'webhook' } }, isPublished: false })
    const sample = await client.workflows.samples.query({ id: 'wf_orders' })
    let resolve: (given: typeof sample) => void = () => {}
    const promise = new Promise<typeof sample>((fulfil) => {
      resolve = fulfil
    })
    const late = { ...client, workflows: { ...client.workflows, samples: { query: () => promise } } }
    show(late)
    fireEvent.click(await screen.findByRole('button', { name: 'Test' }))
    const input = within(await screen.findByRole('dialog')).getByRole('textbox')
    expect(input).not.toHaveProperty('value', JSON.stringify({ seen: true }, null, 2))
    resolve({ ...sample, trigger: { seen: true } })
    await waitFor(() => expect(input).toHaveProperty('value', JSON.stringify({ seen: true }, null, 2)))
    fireEvent.change(input, { target: { value: '{}' } })
    expect(input).toHaveProperty('value', '{}')
  })

  it('has what was typed for a test again when its dialog was closed by accident', async () => {
    await open(EMPTY)
    const test = screen.getByRole('button', { name: 'Test' })
    fireEvent.click(test)
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: '{ "mine": 1 }' } })
    fireEvent(dialog, new Event('cancel'))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    fireEvent.click(test)
    expect(within(await screen.findByRole('dialog')).getByRole('textbox')).toHaveProperty('value', '{ "mine": 1 }')
  })

  it('gives the focus back to what opened a dialog', async () => {
    await open(EMPTY)
    const test = screen.getByRole('button', { name: 'Test' })
    test.focus()
    fireEvent.click(test)
    const dialog = await screen.findByRole('dialog')
    expect(dialog.contains(document.activeElement)).toBe(true)
    fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(document.activeElement).toBe(test))
  })
})
