// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import type { Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { EventHub } from '../host/events.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { WorkflowList } from './WorkflowList.js'

const ADMIN: Me = {
  caller: 'embed',
  tenant: {
    name: 'Bookshelf',
    brand: { productName: null, logo: null, logoDark: null, supportUrl: null, appearance: {}, texts: {} },
  },
  customer: { id: 'cus_1', externalId: '1', name: 'Acme Books' },
  permissions: ['workflows:write', 'workflows:delete'],
}

function show(client: BuilderClient, me: Me = ADMIN, events = new EventHub()) {
  render(
    <InlayTheme locale="en">
      <WorkflowList client={client} me={me} isReadOnly={false} events={events} onOpen={() => {}} />
    </InlayTheme>,
  )
}

function open(me: Me) {
  const client = createMemoryClient({ definition: ORDERS })
  const events = new EventHub()
  const heard: unknown[] = []
  events.on('workflow.deleted', ({ data }) => heard.push(data))
  show(client, me, events)
  return { heard, remove: vi.spyOn(client.workflows.delete, 'mutate') }
}

describe('the list of automations', () => {
  // What is fetched when it is first shown takes longer than a query waits.
  beforeAll(() => import('./DeleteWorkflowDialog.js'))

  it('deletes one after asking, and tells the host', async () => {
    const { heard, remove } = open(ADMIN)
    const [button] = await screen.findAllByRole('button', { name: /^Delete “/ })
    await act(async () => button?.click())
    const dialog = await screen.findByRole('dialog')
    expect(heard).toEqual([])
    remove.mockRejectedValueOnce(new Error('The network is away'))
    await act(async () => within(dialog).getByRole('button', { name: 'Delete' }).click())
    expect(heard).toEqual([])
    await act(async () => within(dialog).getByRole('button', { name: 'Delete' }).click())
    await waitFor(() => expect(heard).toEqual([{ workflowId: remove.mock.lastCall?.[0].id }]))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('offers it to those only who may', async () => {
    open({ ...ADMIN, permissions: ['workflows:write'] })
    await screen.findByRole('table')
    expect(screen.queryByRole('button', { name: /^Delete “/ })).toBeNull()
  })

  it('keeps what is there when the next page does not come, and says why', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    const { data } = await client.workflows.list.query({})
    const list = vi.spyOn(client.workflows.list, 'query')
    list.mockResolvedValueOnce({ data, nextCursor: '2' })
    show(client)
    const more = await screen.findByRole('button', { name: 'Load more' })
    list.mockRejectedValueOnce(Object.assign(new Error('Slow down.'), { status: 400, code: 'mended' }))
    fireEvent.click(more)
    expect((await screen.findByRole('alert')).textContent).toContain('mended')
    expect(screen.getAllByRole('row')).toHaveLength(data.length + 1)
    list.mockResolvedValueOnce({ data: data.map((each) => ({ ...each, id: 'wf_2' })), nextCursor: null })
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }))
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2 * data.length + 1))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('shows at once what was switched, and takes it back when that is refused', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    let refuse: (error: Error) => void = () => {}
    vi.spyOn(client.workflows.update, 'mutate').mockReturnValueOnce(
      new Promise((_, reject) => {
        refuse = reject
      }),
    )
    show(client)
    const [control] = await screen.findAllByRole('switch')
    expect(control?.getAttribute('aria-checked')).toBe('true')
    fireEvent.click(control as HTMLElement)
    expect(control?.getAttribute('aria-checked')).toBe('false')
    await act(async () => refuse(new TypeError('Failed to fetch')))
    await waitFor(() => expect(control?.getAttribute('aria-checked')).toBe('true'))
  })

  it('does not take nothing found for nothing there while a search is cleared', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    const { data } = await client.workflows.list.query({})
    vi.spyOn(client.workflows.list, 'query').mockImplementation(async ({ search = '' }) => ({
      data: search === '' ? data : [],
      nextCursor: null,
    }))
    show(client)
    await screen.findByRole('table')
    const field = screen.getByRole('searchbox')
    fireEvent.change(field, { target: { value: 'zebra' } })
    await screen.findByText('Nothing found')
    fireEvent.change(field, { target: { value: '' } })
    expect(screen.getByRole('searchbox')).toBe(field)
    await screen.findByRole('table')
  })
})
