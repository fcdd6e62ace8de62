// @vitest-environment happy-dom
import type { JsonObject, JsonValue, Step, WorkflowDefinition } from '@inlay/engine'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FIELDS } from '../../gallery/fixtures/every-field.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import { InlayTheme } from '../theme/InlayTheme.js'

// The editor does not come, as without the network, and a plain field does: CodeMirror needs more of a selection than
// happy-dom has.
vi.mock('@codemirror/view', () => {
  throw new Error('not there')
})

/** Opens a workflow of one step at that step. */
async function openStep(step: JsonObject) {
  const client = createMemoryClient({ definition: { ...FIELDS, steps: [step as unknown as Step] } })
  render(
    <InlayTheme locale="da">
      <WorkflowEditor client={client} workflowId="wf_orders" place={{ view: 'builder' }} onPlaceChange={() => {}} />
    </InlayTheme>,
  )
  fireEvent.click(await screen.findByRole('button', { name: new RegExp(`^${String(step['name'])}`) }))
  const panel = within(await screen.findByRole('complementary'))
  const toggle = (name: RegExp) => fireEvent.click(panel.getByRole('button', { name }))
  const stored = async (): Promise<JsonObject> => {
    const { draft } = await client.workflows.get.query({ id: 'wf_orders' })
    // Saved by the editor, so a definition; a step is an object.
    return (draft.definition as WorkflowDefinition).steps[0] as unknown as JsonObject
  }
  const holds = (field: string, value: JsonValue) =>
    waitFor(async () => expect(await stored()).toHaveProperty([field], value))
  return { panel, toggle, holds }
}

describe('a field that is switched', () => {
  it('is a row of names and values', async () => {
    const { panel, toggle, holds } = await openStep({
      id: 'a',
      type: 'set',
      name: 'Remember',
      values: { total: 42, to: 'Kim' },
    })
    toggle(/^Calculate Value of total/)
    await holds('values', { total: '{{ 42 }}', to: 'Kim' })
    expect(panel.getByRole('group', { name: 'Value of total' })).toBeDefined()
    toggle(/^Use a plain value for Value of total/)
    await holds('values', { total: 42, to: 'Kim' })
  })

  it('is the list of a loop: an expression at first, else items that are each a value or an expression', async () => {
    const { panel, toggle, holds } = await openStep({ id: 'a', type: 'forEach', name: 'Each', items: '', steps: [] })
    toggle(/^Use a plain value for List/)
    fireEvent.click(panel.getByRole('button', { name: 'Add item' }))
    fireEvent.change(panel.getByLabelText('Item 1'), { target: { value: '7' } })
    await holds('items', [7])
    toggle(/^Calculate Item 1/)
    await holds('items', ['{{ 7 }}'])
    toggle(/^Calculate List/)
    await holds('items', '{{ [7] }}')
    toggle(/^Use a plain value for List/)
    await holds('items', ['{{ 7 }}'])
  })

  it('keeps how an item is shown when another one is taken away', async () => {
    const assignees = ['a@example.com', 'b@example.com']
    const { panel, toggle, holds } = await openStep({
      ...{ id: 'a', type: 'wait', name: 'Ask', approval: { title: 'Go on?', assignees } },
    })
    toggle(/^Calculate Item 2/)
    await holds('approval', { title: 'Go on?', assignees: ['a@example.com', '{{ "b@example.com" }}'] })
    fireEvent.click(panel.getByRole('button', { name: 'Remove item 1' }))
    await holds('approval', { title: 'Go on?', assignees: ['{{ "b@example.com" }}'] })
    expect(panel.getByRole('button', { name: /^Use a plain value for Item 1/ })).toBeDefined()
  })

  it('is a condition, which shows rows while it can', async () => {
    const cases = [{ if: '{{ trigger.body.total > 50 }}', steps: [] }]
    const { panel, toggle } = await openStep({ id: 'a', type: 'branch', name: 'Size', cases })
    expect(panel.getByRole('button', { name: 'Add row' })).toBeDefined()
    toggle(/^Write as expression/)
    expect(panel.queryByRole('button', { name: 'Add row' })).toBeNull()
    toggle(/^Back to rows/)
    expect(panel.getByRole('button', { name: 'Add row' })).toBeDefined()
  })
})
