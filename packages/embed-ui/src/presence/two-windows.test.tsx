// @vitest-environment happy-dom
import { WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import { describe, expect, it } from 'vitest'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import type { Presence } from '../index.js'
import { InlayTheme } from '../theme/InlayTheme.js'

const DEFINITION: WorkflowDefinition = {
  schema: WORKFLOW_SCHEMA,
  name: 'Orders',
  trigger: { type: 'manual' },
  steps: [{ id: 'order', type: 'set', name: 'Order', values: {} }],
}
const COLLEAGUE: Presence = { id: 'w_2', name: 'Second Reader', self: null, isMember: false, mayEdit: true }

/** Windows of one workflow, side by side in one page. */
async function openWindows(count: number) {
  const client = createMemoryClient({ definition: DEFINITION, others: [COLLEAGUE] })
  const names = Array.from({ length: count }, (_, index) => `window ${index}`)
  render(
    <StrictMode>
      {names.map((name) => (
        <section key={name} aria-label={name}>
          <InlayTheme locale="en">
            <WorkflowEditor client={client} workflowId="wf_orders" />
          </InlayTheme>
        </section>
      ))}
    </StrictMode>,
  )
  const windows = names.map((name) => within(screen.getByRole('region', { name })))
  for (const window of windows) await window.findByRole('button', { name: /^Order\b/ })
  return {
    client,
    windows,
    /** Types a name for the step into the panel of a window. */
    rename: async (window: (typeof windows)[number] | undefined, name: string) => {
      if (window === undefined) throw new Error('There is no such window.')
      const [card] = window.getAllByRole('button', { name: /^Order\b|^Theirs\b|^Mine\b/ })
      fireEvent.click(card as HTMLElement)
      fireEvent.change(await window.findByRole('textbox', { name: 'Name of the step' }), { target: { value: name } })
    },
  }
}

describe('two windows with the same workflow', () => {
  it('show who else is there', async () => {
    const { windows } = await openWindows(1)
    const people = await windows[0]?.findByRole('list', { name: 'Also here' })
    within(people as HTMLElement).getByRole('button', { name: /Second Reader has this workflow open$/ })
  })

  it('follow each other while nothing is unsaved', async () => {
    const { windows, rename } = await openWindows(2)
    await rename(windows[0], 'Theirs')
    await windows[1]?.findByRole('button', { name: /^Theirs\b/ })
    expect(screen.getByText('Second Reader changed this workflow. You see the newest state.')).toBeDefined()
    await rename(windows[1], 'Mine')
    await windows[0]?.findByRole('button', { name: /^Mine\b/ })
  })

  it('ask when both changed something, and lose neither', async () => {
    const { client, windows, rename } = await openWindows(2)
    await rename(windows[0], 'Theirs')
    await rename(windows[1], 'Mine')
    const keepMine = await screen.findByRole('button', { name: 'Replace it with mine' })
    fireEvent.click(keepMine)
    await waitFor(async () => {
      const { draft } = await client.workflows.get.query({ id: 'wf_orders' })
      expect(draft.definition).toMatchObject({ steps: [{ name: 'Mine' }] })
    })
    await windows[0]?.findByRole('button', { name: /^Mine\b/ })
    fireEvent.click(windows[1]?.getByRole('button', { name: /^Undo/ }) as HTMLElement)
    await windows[0]?.findByRole('button', { name: /^Theirs\b/ })
  })

  it('keep what is here when what was saved elsewhere cannot be drawn', async () => {
    const { client, windows, rename } = await openWindows(1)
    // As a program may have written it, which knows no types.
    const broken = { ...DEFINITION, steps: [{ id: 'order', type: 'set' }] } as unknown as WorkflowDefinition
    await client.workflows.saveDraft.mutate({ id: 'wf_orders', definition: broken, baseRevision: 1 })
    await rename(windows[0], 'Mine')
    fireEvent.click(await screen.findByRole('button', { name: 'Load the other version' }))
    await screen.findByText('This draft cannot be drawn')
    windows[0]?.getByRole('button', { name: /^Mine\b/ })
    const { draft } = await client.workflows.get.query({ id: 'wf_orders' })
    expect(draft.definition).toEqual(broken)
  })
})
