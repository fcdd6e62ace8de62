// @vitest-environment happy-dom
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { createStoryClient } from '../../gallery/fixtures/run-stories.js'
import type { Me } from '../data/api-types.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { RunHistory } from './RunHistory.js'

const ME: Me = {
  caller: 'embed',
  tenant: {
    name: 'Bookshelf',
    brand: { productName: null, logo: null, logoDark: null, supportUrl: null, appearance: {}, texts: {} },
  },
  customer: { id: 'cus_1', externalId: '1', name: 'Acme Books' },
  permissions: ['runs:read'],
}

describe('the history of runs', () => {
  it('puts runs that begin at its head, without being asked again', async () => {
    const client = createStoryClient(undefined)
    const read = vi.spyOn(client.runs.list, 'query')
    const onOpen = vi.fn<(id: string) => void>()
    render(
      <InlayTheme locale="en">
        <RunHistory client={client} me={ME} onOpen={onOpen} />
      </InlayTheme>,
    )
    const before = (await screen.findAllByRole('row')).length
    await act(async () => client.addRuns())
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(before + 3))
    expect(read).toHaveBeenCalledTimes(2)
    const [first] = screen.getAllByRole('button', { name: /Orders|Big orders/ })
    await act(async () => first?.click())
    expect(onOpen).toHaveBeenCalledWith('run_903')
  })

  it('finds an automation by its name among more than a list can hold', async () => {
    const client = createStoryClient(undefined)
    const { data } = await client.workflows.list.query({})
    const list = vi.spyOn(client.workflows.list, 'query').mockImplementation(async ({ search = '' }) => ({
      data: search === 'late' ? data.map((each) => ({ ...each, id: 'wf_1000', name: 'Too late' })) : data,
      nextCursor: null,
    }))
    const read = vi.spyOn(client.runs.list, 'query')
    render(
      <InlayTheme locale="en">
        <RunHistory client={client} me={ME} onOpen={() => {}} />
      </InlayTheme>,
    )
    fireEvent.click(await screen.findByLabelText('Automation'))
    fireEvent.change(await screen.findByRole('combobox', { name: 'Search' }), { target: { value: 'late' } })
    fireEvent.click(await screen.findByRole('option', { name: 'Too late' }))
    await waitFor(() => expect(read.mock.lastCall?.[0]).toMatchObject({ workflowId: 'wf_1000' }))
    expect(list.mock.lastCall?.[0]).toMatchObject({ limit: 50 })
    expect(await screen.findByRole('button', { name: 'Automation', description: 'Too late' })).toBeDefined()
  })
})
