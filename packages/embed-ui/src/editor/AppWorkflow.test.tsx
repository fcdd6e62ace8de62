// @vitest-environment happy-dom
import { WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { WorkflowEditor } from './WorkflowEditor.js'

const EMPTY: WorkflowDefinition = { schema: WORKFLOW_SCHEMA, name: 'Orders', trigger: { type: 'manual' }, steps: [] }

// Saving waits for a pause in typing, and the machine may be busy.
afterEach(() => {
  vi.restoreAllMocks()
})

async function open(definition: WorkflowDefinition, more: Partial<Parameters<typeof createMemoryClient>[0]> = {}) {
  const client = createMemoryClient({ definition, ...more })
  render(
    <InlayTheme locale="en">
      <WorkflowEditor client={client} workflowId="wf_orders" place={{ view: 'builder' }} onPlaceChange={() => {}} />
    </InlayTheme>,
  )
  await waitFor(() => expect(document.querySelector('[data-inlay-part="trigger-card"] button')).not.toBeNull())
  return {
    client,
    saved: async () => (await client.workflows.get.query({ id: 'wf_orders' })).draft.definition as WorkflowDefinition,
  }
}

async function openTrigger(): Promise<HTMLElement> {
  const card = document.querySelector<HTMLElement>('[data-inlay-part="trigger-card"] button')
  if (card === null) throw new Error('There is no trigger card.')
  fireEvent.click(card)
  return screen.findByRole('complementary', { name: 'Trigger' })
}

describe('workflows with apps', () => {
  it('are started by what an app tells: found by words, said in plain ones, with an account and an example', async () => {
    const { saved } = await open(EMPTY, { moreConnectors: 500 })
    const panel = await openTrigger()
    fireEvent.click(within(panel).getByRole('button', { name: 'App' }))
    fireEvent.change(await screen.findByRole('combobox', { name: 'Search apps and triggers' }), {
      target: { value: 'Order changed' },
    })
    const [first] = await screen.findAllByRole('option', { name: /^Order changed\s*Acme Shop/ })
    fireEvent.click(first as HTMLElement)
    await screen.findByRole('button', { name: /^Order changed\. Asks Acme Shop every 5 minutes/ })
    expect(within(panel).getByLabelText('Acme Shop account')).toBeDefined()
    expect(within(panel).getByText(/ord_1001/)).toBeDefined()
    fireEvent.click(within(panel).getByRole('button', { name: 'Try it' }))
    await within(panel).findByText('The newest item at Acme Shop')
    expect(within(panel).getByText(/ord_2044/)).toBeDefined()
    await waitFor(async () => {
      expect((await saved()).trigger).toMatchObject({ type: 'connector', connector: 'acme', trigger: 'orderChanged' })
    })
  })

  it('connect an account by signing in: scopes in plain words, what is optional left out, both sides named', async () => {
    const popup = { closed: false, location: { href: '' }, opener: {}, close: vi.fn() }
    // The dialog uses no more of a window than this.
    vi.spyOn(window, 'open').mockReturnValue(popup as unknown as Window)
    const { client, saved } = await open({
      ...EMPTY,
      trigger: { type: 'connector', connector: 'acme', trigger: 'orderPaid', input: {} },
    })
    const begin = vi.spyOn(client.oauthAuthorizations.create, 'mutate')
    const panel = await openTrigger()
    fireEvent.click(within(panel).getByRole('button', { name: 'Connect' }))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByText('Create and change orders')).toBeDefined()
    fireEvent.click(within(dialog).getByLabelText('Attach files to orders'))
    fireEvent.change(within(dialog).getByLabelText('Shop'), { target: { value: 'books' } })
    fireEvent.click(within(dialog).getByRole('button', { name: 'Sign in with Acme Shop' }))
    await screen.findByText('Is this right?')
    expect(begin.mock.calls[0]?.[0]).toMatchObject({
      method: 'oauth',
      fields: { shop: 'books' },
      scopes: ['customers.read'],
    })
    expect(popup.opener).toBeNull()
    expect(within(dialog).getByText('new.acme.example')).toBeDefined()
    expect(within(dialog).getByText(/Acme Books in Bookshelf/)).toBeDefined()
    fireEvent.click(within(dialog).getByRole('button', { name: 'Yes, connect it' }))
    await waitFor(async () => expect((await saved()).trigger).toMatchObject({ connection: 'con_4' }))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('ask the service for choices that are no texts, once what they depend on is there, and for fields', async () => {
    const { saved } = await open({
      ...EMPTY,
      steps: [
        { id: 'order', type: 'action', connector: 'acme', action: 'createOrder', connection: 'con_old', input: {} },
      ],
    })
    fireEvent.click(screen.getByRole('button', { name: /^Create an order/ }))
    const panel = await screen.findByRole('complementary', { name: 'Create an order' })
    expect(within(panel).getByText('Sign in again')).toBeDefined()
    expect(within(panel).getByRole('button', { name: 'Reconnect' })).toBeDefined()
    expect(within(panel).getByLabelText(/^Shelf/)).toHaveProperty('disabled', true)
    expect(within(panel).getByText('What can be entered here depends on Store.')).toBeDefined()
    fireEvent.click(within(panel).getByLabelText('Store'))
    fireEvent.click(await screen.findByRole('button', { name: 'Load more' }))
    fireEvent.click(await screen.findByRole('option', { name: '#general' }))
    await waitFor(() => expect(within(panel).getByLabelText(/^Shelf/)).toHaveProperty('disabled', false))
    await within(panel).findByText('Gift wrap')
    fireEvent.click(within(panel).getByLabelText(/^Shelf/))
    fireEvent.click(await screen.findByRole('option', { name: /^Shelf 2/ }))
    await waitFor(async () => expect((await saved()).steps[0]).toMatchObject({ input: { store: 'C21', shelf: 2 } }))
    fireEvent.click(within(panel).getByLabelText('Store'))
    fireEvent.click(await screen.findByRole('option', { name: '#sales' }))
    await waitFor(async () => {
      expect((await saved()).steps[0]).toMatchObject({ input: { store: 'C024BE91L' } })
      expect((await saved()).steps[0]).not.toHaveProperty('input.shelf')
    })
  })

  it('are built with the keyboard from a catalog of hundreds, of which only what is looked at is loaded', async () => {
    const { client, saved } = await open(EMPTY, { moreConnectors: 500 })
    const list = vi.spyOn(client.connectors.list, 'query')
    const get = vi.spyOn(client.connectors.get, 'query')
    fireEvent.click(screen.getByRole('button', { name: 'Add the first step' }))
    const search = await screen.findByRole('combobox', { name: 'Search apps and actions' })
    fireEvent.change(search, { target: { value: 'slack' } })
    await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toMatch(/^Slack/))
    fireEvent.keyDown(search, { key: 'Enter' })
    await screen.findByRole('option', { name: /^Update a message/ })
    fireEvent.keyDown(screen.getByRole('combobox', { name: 'Search apps and actions' }), { key: 'ArrowDown' })
    fireEvent.keyDown(screen.getByRole('combobox', { name: 'Search apps and actions' }), { key: 'Enter' })
    await waitFor(async () => {
      expect((await saved()).steps).toMatchObject([{ connector: 'slack', action: 'updateMessage' }])
    })
    expect(list.mock.calls.length).toBeLessThan(4)
    expect(get.mock.calls.map(([input]) => input.id)).toEqual(['slack'])
  })

  it('are found by what was typed, though the server has not answered yet', async () => {
    const { client, saved } = await open(EMPTY, { moreConnectors: 500 })
    fireEvent.click(screen.getByRole('button', { name: 'Add the first step' }))
    const search = await screen.findByRole('combobox', { name: 'Search apps and actions' })
    await screen.findByRole('option', { name: /^Slack/ })
    vi.spyOn(client.connectors.list, 'query').mockReturnValue(new Promise(() => {}))
    fireEvent.change(search, { target: { value: 'branch' } })
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      expect.stringMatching(/^Branch/),
    ])
    fireEvent.keyDown(search, { key: 'Enter' })
    await waitFor(async () => expect((await saved()).steps).toMatchObject([{ type: 'branch' }]))
  })
})
