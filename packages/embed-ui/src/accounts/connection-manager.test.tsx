// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import type { Me } from '../data/api-types.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { ConnectionManager } from './ConnectionManager.js'

const ME: Me = {
  caller: 'embed',
  tenant: {
    name: 'Bookshelf',
    brand: { productName: null, logo: null, logoDark: null, supportUrl: null, appearance: {}, texts: {} },
  },
  customer: { id: 'cus_1', externalId: '1', name: 'Acme Books' },
  permissions: ['connections:read', 'connections:write'],
}

function open() {
  const client = createMemoryClient({ definition: ORDERS, moreConnectors: 2 })
  render(
    <InlayTheme locale="en">
      <ConnectionManager client={client} me={ME} />
    </InlayTheme>,
  )
  return client
}

/** Lets a service be chosen whose details come when the test says so. Of none of them there is an account yet. */
async function pickSlowly(client: ReturnType<typeof open>, id: string) {
  const details = await client.connectors.get.query({ id })
  let answer: (connector: typeof details) => void = () => {}
  vi.spyOn(client.connectors.get, 'query').mockReturnValueOnce(
    new Promise((resolve) => {
      answer = resolve
    }),
  )
  const dialog = within(await screen.findByRole('dialog'))
  fireEvent.click(await dialog.findByRole('button', { name: details.name }))
  return () => act(async () => answer(details))
}

describe('choosing a service to connect', () => {
  it('opens nothing once it was closed', async () => {
    const client = open()
    fireEvent.click(await screen.findByRole('button', { name: 'Connect an account' }))
    const answer = await pickSlowly(client, 'made-up-1')
    fireEvent.click(screen.getByRole('button', { name: 'Close' }))
    await answer()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('opens the one that was chosen last', async () => {
    const client = open()
    fireEvent.click(await screen.findByRole('button', { name: 'Connect an account' }))
    const first = await pickSlowly(client, 'made-up-0')
    const { name } = await client.connectors.get.query({ id: 'made-up-1' })
    const second = await pickSlowly(client, 'made-up-1')
    await first()
    expect(screen.getByRole('searchbox')).toBeDefined()
    await second()
    expect(await screen.findByRole('heading', { name: new RegExp(name) })).toBeDefined()
  })
})
