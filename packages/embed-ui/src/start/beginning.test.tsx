// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { TEMPLATES } from '../../gallery/fixtures/templates.js'
import type { Me } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { EventHub } from '../host/events.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { WorkflowList } from '../workflows/WorkflowList.js'

const ME: Me = {
  caller: 'embed',
  tenant: {
    name: 'Bookshelf',
    brand: { productName: null, logo: null, logoDark: null, supportUrl: null, appearance: {}, texts: {} },
  },
  customer: { id: 'cus_1', externalId: '1', name: 'Acme Books' },
  permissions: ['workflows:read', 'workflows:write', 'templates:read', 'connections:read'],
}

type Draft = BuilderClient['assistant']['draft']['mutate']

function show({ isAvailable = true, draft }: { isAvailable?: boolean; draft?: Draft } = {}) {
  const memory = createMemoryClient({ definition: ORDERS })
  const client: BuilderClient = {
    ...memory,
    workflows: { ...memory.workflows, list: { query: async () => ({ data: [], nextCursor: null }) } },
    templates: { ...memory.templates, list: { query: async () => ({ data: TEMPLATES, nextCursor: null }) } },
    assistant: {
      get: { query: async () => ({ isAvailable }) },
      draft: draft === undefined ? memory.assistant.draft : { mutate: draft },
    },
  }
  const onOpen = vi.fn()
  const events = new EventHub()
  const heard: string[] = []
  events.on('*', ({ type }) => heard.push(type))
  const calls = {
    save: vi.spyOn(client.workflows.saveDraft, 'mutate'),
    use: vi.spyOn(client.templates.use, 'mutate'),
    publish: vi.spyOn(client.workflows.publish, 'mutate'),
  }
  render(
    <InlayTheme>
      <WorkflowList client={client} me={ME} isReadOnly={false} events={events} onOpen={onOpen} />
    </InlayTheme>,
  )
  return { onOpen, heard, ...calls }
}

async function openWay(name: string): Promise<HTMLElement> {
  fireEvent.click(await screen.findByRole('button', { name: 'New automation' }))
  fireEvent.click(await screen.findByRole('tab', { name }))
  return screen.getByRole('dialog')
}

async function describeIt(dialog: HTMLElement): Promise<void> {
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'Tell Slack of big orders, please.' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Make a draft' }))
}

describe('beginning an automation', () => {
  it('takes a template with its account and settings, and tells the host', async () => {
    const { onOpen, heard, use } = show()
    fireEvent.click(await screen.findByRole('button', { name: 'Use template “Big orders to Slack”' }))
    const dialog = await screen.findByRole('dialog')
    await within(dialog).findByText('Slack account')
    await waitFor(() => expect(within(dialog).getByRole('combobox')).toHaveProperty('value', 'con_slack'))
    fireEvent.click(within(dialog).getByRole('button', { name: 'Use this template' }))
    await waitFor(() => expect(onOpen).toHaveBeenCalledWith('wf_of_tpl_1'))
    expect(use.mock.calls[0]?.[0]).toMatchObject({
      id: 'tpl_1',
      customerId: 'cus_1',
      connections: { slack: 'con_slack' },
    })
    expect(heard).toEqual(['template.used', 'workflow.created'])
  })

  it('makes a draft of a description, and publishes nothing', async () => {
    const { onOpen, save, publish } = show()
    const dialog = await openWay('Describe it')
    await describeIt(dialog)
    await within(dialog).findByText('One thing is still to be filled in')
    within(dialog).getByText('Tell the sales team: Choose an account, or connect one.')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Use this' }))
    await waitFor(() => expect(onOpen).toHaveBeenCalledWith('wf_orders'))
    expect(save.mock.calls[0]?.[0].definition).toMatchObject({ name: 'Big orders to Slack', steps: ORDERS.steps })
    expect(publish).not.toHaveBeenCalled()
  })

  it('stops when a person says so, and keeps the words', async () => {
    let signal: AbortSignal | undefined
    show({
      draft: (_input, options) => {
        signal = options?.signal
        return new Promise(() => {})
      },
    })
    const dialog = await openWay('Describe it')
    await describeIt(dialog)
    fireEvent.click(await within(dialog).findByRole('button', { name: 'Stop' }))
    expect(signal?.aborted).toBe(true)
    expect(within(dialog).getByRole('textbox')).toHaveProperty('value', 'Tell Slack of big orders, please.')
  })

  it('has the words again when the dialog was closed by accident, until something came of them', async () => {
    const { onOpen } = show()
    const close = async (dialog: HTMLElement) => {
      fireEvent(dialog, new Event('cancel'))
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    }
    const first = await openWay('Describe it')
    fireEvent.change(within(first).getByRole('textbox'), { target: { value: 'Tell Slack of big orders, please.' } })
    await close(first)
    const again = await openWay('Describe it')
    expect(within(again).getByRole('textbox')).toHaveProperty('value', 'Tell Slack of big orders, please.')
    fireEvent.click(within(again).getByRole('button', { name: 'Make a draft' }))
    fireEvent.click(await within(again).findByRole('button', { name: 'Use this' }))
    await waitFor(() => expect(onOpen).toHaveBeenCalled())
    await close(again)
    expect(within(await openWay('Describe it')).getByRole('textbox')).toHaveProperty('value', '')
  })

  it('offers templates when no draft came of it', async () => {
    show({
      draft: () => Promise.reject(Object.assign(new Error('No workflow.'), { code: 'assistant.failed', status: 422 })),
    })
    const dialog = await openWay('Describe it')
    await describeIt(dialog)
    expect((await within(dialog).findByRole('alert')).textContent).toContain('No automation came of the description.')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Start from a template' }))
    await within(dialog).findByText('Daily summary')
  })

  it('does not speak of descriptions where nobody answers them', async () => {
    show({ isAvailable: false })
    await openWay('Import')
    expect(screen.queryByText('Describe it')).toBeNull()
  })

  it('imports what was exported, names services that are not there, and refuses the rest in words', async () => {
    const { onOpen, save } = show()
    const dialog = await openWay('Import')
    const field = within(dialog).getByRole('textbox')
    fireEvent.change(field, { target: { value: '{"nodes":[]}' } })
    within(dialog).getByText('This file belongs to something else. Choose a file that was made with “Export”.')
    const foreign = { id: 'today', type: 'action', connector: 'weather', action: 'today', input: {} }
    fireEvent.change(field, { target: { value: JSON.stringify({ ...ORDERS, steps: [...ORDERS.steps, foreign] }) } })
    await within(dialog).findByText('A service that it uses is not available here: weather')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Import' }))
    await waitFor(() => expect(onOpen).toHaveBeenCalledWith('wf_orders'))
    expect(JSON.stringify(save.mock.calls[0]?.[0].definition)).not.toContain('"connection"')
  })
})
