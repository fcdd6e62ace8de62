// @vitest-environment happy-dom
import { type Step, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { createEvent, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { STEPS_SCHEMA } from '../clipboard/steps-text.js'
import type { HotkeysOption } from '../shortcuts/useHotkeys.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { WorkflowEditor } from './WorkflowEditor.js'

const set = (id: string, name: string): Step => ({ id, type: 'set', name, values: {} })

const DEFINITION: WorkflowDefinition = {
  schema: WORKFLOW_SCHEMA,
  name: 'Orders',
  trigger: { type: 'manual' },
  steps: [
    set('read', 'Read'),
    { id: 'each', type: 'forEach', name: 'Every line', items: '{{ [1] }}', steps: [set('inner', 'Inner')] },
    set('tell', 'Tell'),
  ],
}

async function open(hotkeys?: HotkeysOption) {
  const client = createMemoryClient({ definition: DEFINITION, isPublished: false })
  render(
    <InlayTheme locale="en">
      <WorkflowEditor
        client={client}
        workflowId="wf_orders"
        place={{ view: 'builder' }}
        onPlaceChange={() => {}}
        {...(hotkeys === undefined ? {} : { hotkeys })}
      />
    </InlayTheme>,
  )
  await card('Read')
}

const card = (name: string) => screen.findByRole('button', { name: new RegExp(`^${name}\\. `) })

/** Ids of the cards in reading order. */
const order = () =>
  [...document.querySelectorAll('[data-inlay-part="step-card"]')].map((each) => each.getAttribute('data-step-id'))

async function press(name: string, key: string, more: object = {}): Promise<void> {
  const face = await card(name)
  face.focus()
  fireEvent.keyDown(face, { key, ...more })
}

describe('the builder by keyboard', () => {
  it('deletes what is marked as one action, says so, and brings it back', async () => {
    await open()
    await press('Read', 'ArrowDown', { shiftKey: true })
    expect(await screen.findByRole('toolbar', { name: 'Selected steps' })).toHaveProperty(
      'textContent',
      expect.stringContaining('2 selected'),
    )
    await press('Read', 'Delete')
    await waitFor(() => expect(order()).toEqual(['tell']))
    const toast = await screen.findByText('2 steps deleted')
    fireEvent.click(within(toast.closest('[data-tone]') as HTMLElement).getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(order()).toEqual(['read', 'each', 'inner', 'tell']))
  })

  it('keeps a note that is left by Escape, and not one that is cancelled', async () => {
    await open()
    await press('Tell', 'n')
    const dialog = await screen.findByRole('dialog')
    fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'Ask sales first' } })
    fireEvent(dialog, new Event('cancel'))
    await screen.findByRole('button', { name: 'Note: Ask sales first' })
    await press('Tell', 'n')
    const again = await screen.findByRole('dialog')
    fireEvent.change(within(again).getByRole('textbox'), { target: { value: 'Something else' } })
    fireEvent.click(within(again).getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByRole('button', { name: 'Note: Ask sales first' })).toBeDefined()
  })

  it('moves a step to a place that is chosen with the arrows, and says where that is', async () => {
    await open()
    await press('Tell', 'm')
    await screen.findByText('Choose a new place for 1 step.')
    const inside = await screen.findByRole('button', {
      name: 'Move here: at the start of “For each item” in “Every line”',
    })
    expect(
      screen.getAllByRole('button', { name: /^Move here/ }).filter((each) => each.hasAttribute('disabled')),
    ).toHaveLength(2)
    fireEvent.click(inside)
    await waitFor(() => expect(order()).toEqual(['read', 'each', 'tell', 'inner']))
    await screen.findByText('1 step moved at the start of “For each item” in “Every line”')
    await press('Read', 'z', { ctrlKey: true })
    await waitFor(() => expect(order()).toEqual(['read', 'each', 'inner', 'tell']))
  })

  it('gives a move up at Escape', async () => {
    await open()
    await press('Read', 'm')
    await screen.findByText('Choose a new place for 1 step.')
    fireEvent.keyDown(await card('Read'), { key: 'Escape' })
    await waitFor(() => expect(screen.queryByText('Choose a new place for 1 step.')).toBeNull())
    expect(order()).toEqual(['read', 'each', 'inner', 'tell'])
  })

  it('collapses a block, and finds what is inside all the same', async () => {
    await open()
    await press('Every line', 'e')
    await screen.findByRole('button', { name: '1 step inside' })
    expect(order()).toEqual(['read', 'each', 'tell'])
    await press('Read', 'f', { ctrlKey: true })
    fireEvent.change(await screen.findByRole('textbox', { name: 'Find a step' }), { target: { value: 'inner' } })
    await screen.findByText('1 of 1')
    await waitFor(() => expect(order()).toEqual(['read', 'each', 'inner', 'tell']))
  })

  it('pastes steps of another workflow with ids of their own, and refuses other texts in words', async () => {
    await open()
    const paste = async (text: string) => {
      const face = await card('Read')
      face.focus()
      const event = createEvent.paste(face, { clipboardData: { getData: () => text } })
      fireEvent(face, event)
    }
    const reader: Step = { id: 'other', type: 'set', values: { x: '{{ steps.read.output.x + steps.gone.output.y }}' } }
    await paste(JSON.stringify({ schema: STEPS_SCHEMA, steps: [set('read', 'Again'), reader] }))
    await waitFor(() => expect(order()).toEqual(['read', 'read_2', 'other', 'each', 'inner', 'tell']))
    await screen.findByText('They use data of a step that is not here: gone.')
    await paste('Buy milk')
    await screen.findByText('What you copied is no step of a workflow')
  })

  it('keeps to the keys that the host allows', async () => {
    await open({ singleKey: false })
    await press('Read', 'm')
    await press('Read', 'ArrowDown', { altKey: true })
    await waitFor(() => expect(order()).toEqual(['each', 'inner', 'read', 'tell']))
    expect(screen.queryByText('Choose a new place for 1 step.')).toBeNull()
  })
})

describe('the outline', () => {
  it('shows the same steps as nested lists, in which they are added, moved and named', async () => {
    await open()
    await press('Read', 'o')
    const outline = await screen.findByRole('region', { name: 'Steps of the workflow' })
    const steps = () =>
      [...outline.querySelectorAll('[data-inlay-part="outline-step"]')].map((each) => each.getAttribute('data-nav'))
    expect(steps()).toEqual(['read', 'each', 'inner', 'tell'])
    const inner = within(outline).getByRole('button', { name: /^Inner/ })
    inner.focus()
    fireEvent.keyDown(inner, { key: 'ArrowUp', altKey: true })
    await waitFor(() => expect(steps()).toEqual(['read', 'inner', 'each', 'tell']))
    fireEvent.click(within(outline).getByRole('button', { name: 'Collapse “Every line”' }))
    expect(
      within(outline).queryByRole('button', { name: 'Add a step at the start of “For each item” in “Every line”' }),
    ).toBeNull()
    fireEvent.click(within(outline).getByRole('button', { name: 'Add a step after “Tell”' }))
    fireEvent.click(await screen.findByRole('option', { name: /^Stop/ }))
    await waitFor(() => expect(steps()).toEqual(['read', 'inner', 'each', 'tell', 'stop']))
  })
})
