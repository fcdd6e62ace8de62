// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { FIELDS } from '../../gallery/fixtures/every-field.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import { InlayTheme } from '../theme/InlayTheme.js'

describe('the picker of data', () => {
  it('gives the focus back to the field when it is closed without a choice, so that typing goes on', async () => {
    render(
      <InlayTheme locale="en">
        <WorkflowEditor client={createMemoryClient({ definition: FIELDS })} workflowId="wf_orders" />
      </InlayTheme>,
    )
    fireEvent.click(await screen.findByRole('button', { name: /^Fill in everything/ }))
    const panel = within(await screen.findByRole('complementary'))
    const field = await panel.findByLabelText<HTMLTextAreaElement>(/^Website/)
    field.focus()
    fireEvent.change(field, { target: { value: '{{' } })
    const search = await screen.findByRole('combobox', { name: 'Search data' })
    search.focus()
    fireEvent.keyDown(search, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Search data' })).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(field))
    expect(field.value).toBe('{{')
  })
})
