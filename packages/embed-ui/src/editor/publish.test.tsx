// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import type { BuilderClient } from '../data/client.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { WorkflowEditor } from './WorkflowEditor.js'

const LOST = new TypeError('Failed to fetch')

/** Opens a workflow that was never published. */
async function open(): Promise<BuilderClient> {
  const client = createMemoryClient({ definition: ORDERS, isPublished: false })
  render(
    <InlayTheme locale="en">
      <WorkflowEditor client={client} workflowId="wf_orders" place={{ view: 'builder' }} onPlaceChange={() => {}} />
    </InlayTheme>,
  )
  await screen.findByRole('button', { name: 'Publish' })
  return client
}

async function openDialog() {
  fireEvent.click(screen.getByRole('button', { name: 'Publish' }))
  return within(await screen.findByRole('dialog'))
}

describe('publishing', () => {
  it('has worked when the server says so, even if nothing can be read back', async () => {
    const client = await open()
    const publish = vi.spyOn(client.workflows.publish, 'mutate')
    const dialog = await openDialog()
    const button = await dialog.findByRole('button', { name: 'Publish version 1' })
    vi.spyOn(client.workflows.get, 'query').mockRejectedValue(LOST)
    await act(async () => button.click())
    await screen.findByRole('heading', { name: /Version 1 is/ })
    await screen.findByRole('button', { name: 'Published' })
    expect(publish).toHaveBeenCalledTimes(1)
  })

  it('goes on where it was once an unsaved draft can be saved', async () => {
    const client = await open()
    const save = vi.spyOn(client.workflows.saveDraft, 'mutate').mockRejectedValue(LOST)
    fireEvent.change(screen.getByLabelText('Name of the workflow'), { target: { value: 'Orders' } })
    fireEvent.blur(screen.getByLabelText('Name of the workflow'))
    const dialog = await openDialog()
    const retry = await dialog.findByRole('button', { name: 'Try again' })
    save.mockRestore()
    await act(async () => retry.click())
    const button = await dialog.findByRole('button', { name: 'Publish version 1' })
    await waitFor(() => expect(button.hasAttribute('disabled')).toBe(false))
  })
})
