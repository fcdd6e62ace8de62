// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { WorkflowEditor } from './WorkflowEditor.js'

describe('the name of a workflow', () => {
  it('is the old one again, everywhere, when the new one could not be sent', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    vi.spyOn(client.workflows.update, 'mutate').mockRejectedValueOnce(new TypeError('Failed to fetch'))
    render(
      <InlayTheme locale="en">
        <WorkflowEditor client={client} workflowId="wf_orders" />
      </InlayTheme>,
    )
    const field = await screen.findByLabelText<HTMLInputElement>('Name of the workflow')
    const before = field.value
    fireEvent.change(field, { target: { value: 'Something else' } })
    fireEvent.blur(field)
    await screen.findByText(/connection/)
    expect(field.value).toBe(before)
    await waitFor(async () => {
      const { draft, name } = await client.workflows.get.query({ id: 'wf_orders' })
      expect([name, (draft.definition as { name: string }).name]).toEqual([before, ORDERS.name])
    })
    await screen.findByText('Saved')
  })
})
