// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
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
  afterEach(cleanup)

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
    await vi.waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(before + 3))
    expect(read).toHaveBeenCalledTimes(2)
    const [first] = screen.getAllByRole('button', { name: /Orders|Big orders/ })
    await act(async () => first?.click())
    expect(onOpen).toHaveBeenCalledWith('run_903')
  })
})
