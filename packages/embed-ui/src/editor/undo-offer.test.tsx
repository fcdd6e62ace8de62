// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { WorkflowEditor } from './WorkflowEditor.js'

describe('the offer to bring back what was deleted', () => {
  it('is gone once it was brought back by keyboard: it would do something else', async () => {
    render(
      <InlayTheme locale="en">
        <WorkflowEditor client={createMemoryClient({ definition: ORDERS })} workflowId="wf_orders" />
      </InlayTheme>,
    )
    const card = await screen.findByRole('button', { name: /^Read the order/ })
    card.focus()
    fireEvent.keyDown(card, { key: 'Delete' })
    await screen.findByText('1 step deleted')
    fireEvent.keyDown(screen.getByRole('button', { name: /^Webhook/ }), { key: 'z', ctrlKey: true })
    await screen.findByRole('button', { name: /^Read the order/ })
    await waitFor(() => expect(screen.queryByText('1 step deleted')).toBeNull())
  })
})
