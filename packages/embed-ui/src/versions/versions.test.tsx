// @vitest-environment happy-dom
import { WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import { InlayTheme } from '../theme/InlayTheme.js'

const DEFINITION: WorkflowDefinition = {
  schema: WORKFLOW_SCHEMA,
  name: 'Orders',
  trigger: { type: 'manual' },
  steps: ['first', 'second', 'third'].map((id) => ({ id, type: 'set', name: id, values: {} })),
}

async function open() {
  const client = createMemoryClient({ definition: DEFINITION })
  render(
    <InlayTheme locale="en">
      <WorkflowEditor client={client} workflowId="wf_orders" />
    </InlayTheme>,
  )
  return { client, draft: async () => (await client.workflows.get.query({ id: 'wf_orders' })).draft.definition }
}

describe('the versions of a workflow', () => {
  it('are listed with what the draft has differently, and the draft goes back to one of them', async () => {
    const { draft } = await open()
    fireEvent.click(await screen.findByRole('button', { name: 'Version history' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Versions' }))
    await dialog.findByText('The draft is the same as version 3.')
    expect((dialog.getByRole('button', { name: 'Restore version 3' }) as HTMLButtonElement).disabled).toBe(true)
    fireEvent.click(dialog.getByRole('button', { name: /^Version 1/ }))
    const changes = await dialog.findByRole('list', { name: 'Changes' })
    await waitFor(() => expect(within(changes).getAllByRole('listitem')).toHaveLength(2))
    expect(within(changes).getAllByText('Added')).toHaveLength(2)
    fireEvent.click(await dialog.findByRole('button', { name: 'Restore version 1' }))
    await screen.findByText('The draft is version 1 again')
    await waitFor(async () => expect(await draft()).toMatchObject({ steps: [{ id: 'first' }] }))
    fireEvent.click(screen.getByRole('button', { name: /^Undo/ }))
    await waitFor(async () => expect(await draft()).toMatchObject({ steps: [{}, { id: 'second' }, { id: 'third' }] }))
  })

  it('are told apart before a new one is published', async () => {
    await open()
    fireEvent.click(await screen.findByRole('button', { name: /^second\b/ }))
    fireEvent.change(await screen.findByRole('textbox', { name: 'Name of the step' }), { target: { value: 'Renamed' } })
    fireEvent.click(screen.getByRole('button', { name: 'Publish' }))
    const dialog = within(await screen.findByRole('dialog'))
    await dialog.findByText('What is different in the draft from version 3')
    expect(dialog.getByText('second').tagName).toBe('DEL')
    expect(dialog.getAllByText('Renamed').map(({ tagName }) => tagName)).toContain('INS')
  })
})
