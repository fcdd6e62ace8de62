// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import type { Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import type { StoredFile } from '../files/stored-file.js'
import { EventHub } from '../host/events.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { AutomationList } from './AutomationList.js'

const BRAND = { productName: null, logo: null, logoDark: null, supportUrl: null, appearance: {}, texts: {} }
const ME: Me = {
  caller: 'embed',
  tenant: { name: 'Bookshelf', brand: BRAND },
  customer: { id: 'cus_1', externalId: '1', name: 'Acme Books' },
  permissions: ['workflows:publish', 'connections:write'],
}

function open(me: Me = ME, client: BuilderClient = createMemoryClient({ definition: ORDERS })): string[] {
  const events = new EventHub()
  const heard: string[] = []
  events.on('*', ({ type }) => heard.push(type))
  render(
    <InlayTheme locale="en">
      <AutomationList client={client} me={me} events={events} />
    </InlayTheme>,
  )
  return heard
}

const switchOf = (name: string) => screen.findByRole('switch', { name })

const LETTER = { $file: 'file_9', name: 'letter.pdf', contentType: 'application/pdf', size: 5 }

describe('the list of automations', () => {
  it('asks for a missing account before it switches on', async () => {
    const heard = open()
    fireEvent.click(await switchOf('Order again what runs out'))
    const dialog = await screen.findByRole('dialog', { hidden: true })
    const turnOn = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Turn on', hidden: true })
    expect(turnOn.disabled).toBe(true)
    const [account] = await within(dialog).findAllByRole('combobox', { hidden: true })
    if (account === undefined) throw new Error('There is no choice of accounts.')
    await within(dialog).findByRole('option', { name: /^Main shop/, hidden: true })
    fireEvent.change(account, { target: { value: 'con_acme' } })
    fireEvent.submit(dialog.querySelector('form') ?? dialog)
    await waitFor(async () =>
      expect((await switchOf('Order again what runs out')).getAttribute('aria-checked')).toBe('true'),
    )
    expect(heard).toEqual(['workflow.created', 'workflow.enabled'])
  })

  it('switches off at once, and on again without asking', async () => {
    const heard = open()
    fireEvent.click(await switchOf('Big orders to the sales chat'))
    await waitFor(() => expect(heard).toEqual(['workflow.disabled']))
    fireEvent.click(await switchOf('Big orders to the sales chat'))
    await waitFor(() => expect(heard).toEqual(['workflow.disabled', 'workflow.enabled']))
  })

  it('shows at once what was switched, and takes it back when that is refused', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    let refuse: (error: Error) => void = () => {}
    vi.spyOn(client.automations.configure, 'mutate').mockImplementation(
      () =>
        new Promise((_, reject) => {
          refuse = reject
        }),
    )
    open(ME, client)
    const big = await switchOf('Big orders to the sales chat')
    fireEvent.click(big)
    expect(big.getAttribute('aria-checked')).toBe('false')
    expect([big.getAttribute('aria-busy'), big.hasAttribute('disabled')]).toEqual(['true', false])
    refuse(new TypeError('Failed to fetch'))
    await waitFor(() => expect(big.getAttribute('aria-checked')).toBe('true'))
    expect(big.getAttribute('aria-busy')).toBeNull()
  })

  it('leaves open the settings that are looked at when others are saved that were closed meanwhile', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    const [saved] = (await client.automations.list.query({ customerId: 'cus_1' })).data
    if (saved === undefined) throw new Error('There is no automation.')
    let answer: () => void = () => {}
    vi.spyOn(client.automations.configure, 'mutate').mockImplementation(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(saved)
        }),
    )
    const heard = open(ME, client)
    const settings = async (at: number) => {
      const button = (await screen.findAllByRole('button', { name: /^Settings/ }))[at]
      if (button !== undefined) fireEvent.click(button)
      return within(await screen.findByRole('dialog', { hidden: true }))
    }
    const first = await settings(0)
    fireEvent.click(first.getByRole('button', { name: 'Save', hidden: true }))
    fireEvent.click(first.getByRole('button', { name: 'Cancel', hidden: true }))
    await settings(1)
    answer()
    await waitFor(() => expect(heard).toEqual(['workflow.updated']))
    await screen.findByText('Settings saved.')
    expect(screen.queryByRole('dialog', { hidden: true })).not.toBeNull()
  })

  it('has a switch for what the team itself has published, too', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    const { data } = await client.workflows.list.query({})
    const published = data.map((workflow) => ({ ...workflow, id: 'wf_own', publishedVersion: 3 }))
    const never = data.map((workflow) => ({ ...workflow, id: 'wf_draft', name: 'A draft', publishedVersion: null }))
    vi.spyOn(client.workflows.list, 'query').mockResolvedValue({ data: [...published, ...never], nextCursor: null })
    const heard = open({ ...ME, permissions: [...ME.permissions, 'workflows:read'] }, client)
    const own = within(await screen.findByRole('region', { name: 'Made by your team' }))
    const first = own.getByRole('switch')
    const wasOn = first.getAttribute('aria-checked') === 'true'
    fireEvent.click(first)
    await waitFor(() => expect(heard).toEqual([wasOn ? 'workflow.disabled' : 'workflow.enabled']))
    await waitFor(() => expect(own.getByRole('switch').getAttribute('aria-checked')).toBe(String(!wasOn)))
    expect(own.queryByRole('button', { name: /^Settings/ })).toBeNull()
  })

  it('takes a file of the person’s own, and waits until it has arrived', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    let arrive: (file: StoredFile) => void = () => {}
    const upload = vi.spyOn(client.files, 'upload').mockImplementation(
      () =>
        new Promise((resolve) => {
          arrive = resolve
        }),
    )
    const configure = vi.spyOn(client.automations.configure, 'mutate')
    const heard = open({ ...ME, permissions: [...ME.permissions, 'workflows:write'], maxFileBytes: 1000 }, client)
    fireEvent.click(await switchOf('Welcome by post'))
    const dialog = within(await screen.findByRole('dialog', { hidden: true }))
    const button = (name: string) => dialog.getByRole<HTMLButtonElement>('button', { name, hidden: true })
    expect(button('Turn on').disabled).toBe(true)
    const letter = new File(['hello'], 'letter.pdf', { type: 'application/pdf' })
    fireEvent.drop(dialog.getByText('Drop a file here'), { dataTransfer: { types: ['Files'], files: [letter] } })
    await dialog.findByRole('progressbar', { name: 'letter.pdf is being uploaded', hidden: true })
    expect(upload.mock.calls[0]?.[1]).toMatchObject({ customerId: 'cus_1', name: 'letter.pdf' })
    expect(button('Turn on').disabled).toBe(true)
    arrive(LETTER)
    await waitFor(() => expect(button('Turn on').disabled).toBe(false))
    fireEvent.click(button('Turn on'))
    await waitFor(() => expect(heard).toEqual(['workflow.created', 'workflow.enabled']))
    expect(configure.mock.calls[0]?.[0]).toMatchObject({ enabled: true, values: { letter: LETTER } })
  })

  it('says beside a setting what the server refuses of it, also when it was only to be switched on', async () => {
    const client = createMemoryClient({ definition: ORDERS })
    const { data } = await client.automations.list.query({ customerId: 'cus_1' })
    const filled = data.map((each) => (each.id === 'tpl_welcome' ? { ...each, values: { letter: LETTER } } : each))
    vi.spyOn(client.automations.list, 'query').mockResolvedValue({ data: filled })
    const issue = { code: 'file.gone', message: 'English.', details: { name: 'letter.pdf' } }
    const issues = ['/vars/letter', '/steps/0/input/file'].map((pointer) => ({ ...issue, pointer }))
    vi.spyOn(client.automations.configure, 'mutate').mockRejectedValue(
      Object.assign(new Error('English.'), { code: 'definition.invalid', status: 422, issues }),
    )
    open({ ...ME, permissions: [...ME.permissions, 'workflows:write'], maxFileBytes: 1000 }, client)
    fireEvent.click(await switchOf('Welcome by post'))
    const dialog = within(await screen.findByRole('dialog', { hidden: true }))
    const letter = within(dialog.getByRole('group', { name: /^Letter/, hidden: true }))
    expect(letter.getByText(/^“letter.pdf” has been removed/)).toBeDefined()
    const alert = dialog.getByRole('alert', { hidden: true })
    expect(alert.textContent).toMatch(
      /^There are problems that have to be mended first\. “letter.pdf” has been removed/,
    )
    fireEvent.click(letter.getByRole('button', { name: 'Remove letter.pdf', hidden: true }))
    expect(dialog.queryByText(/has been removed/)).toBeNull()
  })

  it('can only be looked at by those who may not publish', async () => {
    open({ ...ME, permissions: [] })
    expect((await switchOf('Big orders to the sales chat')).hasAttribute('disabled')).toBe(true)
    expect(screen.queryByRole('button', { name: /^Settings/ })).toBeNull()
  })
})
