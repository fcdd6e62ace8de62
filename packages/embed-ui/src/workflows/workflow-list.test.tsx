// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import type { Me } from '../data/api-types.js'
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

function open(me: Me) {
  const client = createMemoryClient({ definition: ORDERS })
  const events = new EventHub()
  const heard: unknown[] = []
  events.on('workflow.deleted', ({ data }) => heard.push(data))
  render(
    <InlayTheme locale="en">
      <WorkflowList client={client} me={me} isReadOnly={false} events={events} onOpen={() => {}} />
    </InlayTheme>,
  )
  return { heard, remove: vi.spyOn(client.workflows.delete, 'mutate') }
}

describe('the list of automations', () => {
  // What is fetched when it is first shown takes longer than a query waits.
  beforeAll(() => import('./DeleteWorkflowDialog.js'))
  afterEach(cleanup)

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
    await vi.waitFor(() => expect(heard).toEqual([{ workflowId: remove.mock.lastCall?.[0].id }]))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('offers it to those only who may', async () => {
    open({ ...ADMIN, permissions: ['workflows:write'] })
    await screen.findByRole('table')
    expect(screen.queryByRole('button', { name: /^Delete “/ })).toBeNull()
  })
})
