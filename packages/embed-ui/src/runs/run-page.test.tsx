// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createStoryClient, STORIES } from '../../gallery/fixtures/run-stories.js'
import type { BuilderClient } from '../data/client.js'
import type { EditorPlace } from '../editor/editor-place.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import { InlayTheme } from '../theme/InlayTheme.js'
import { RunView, type RunViewProps } from './RunView.js'

// What is fetched when it is first shown takes longer than a query waits.
beforeAll(() => Promise.all([import('./RunPage.js'), import('./RunList.js')]))

function draw(client: BuilderClient, place: EditorPlace) {
  const onPlaceChange = vi.fn<(place: EditorPlace) => void>()
  render(
    <InlayTheme>
      <WorkflowEditor client={client} workflowId="wf_orders" place={place} onPlaceChange={onPlaceChange} />
    </InlayTheme>,
  )
  return onPlaceChange
}

/** The run on a page of its own, as the widget of all runs shows it. */
function drawAlone(props: Partial<RunViewProps>) {
  render(
    <InlayTheme>
      <RunView client={createStoryClient(STORIES.failed)} runId="run_bad" onOpen={() => {}} {...props} />
    </InlayTheme>,
  )
}

async function openMenu(name: string): Promise<void> {
  const button = await screen.findByRole('button', { name })
  await act(async () => fireEvent.keyDown(button, { key: 'Enter' }))
}

async function press(name: RegExp | string, inside?: HTMLElement): Promise<void> {
  const button = await (inside === undefined ? screen : within(inside)).findByRole('button', { name })
  await act(async () => button.click())
}

describe('a failed run', () => {
  it('says what to do and is replayed from the failed step in two clicks', async () => {
    const client = createStoryClient(STORIES.failed)
    const fork = vi.spyOn(client.runs.fork, 'mutate').mockResolvedValue({ id: 'run_new' })
    const onPlaceChange = draw(client, { view: 'runs', runId: 'run_bad', filters: 'status=failed' })
    expect(await screen.findByText('What to do')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Reconnect E-mail' })).toBeTruthy()
    await press('Replay from here')
    const dialog = await screen.findByRole('dialog', { name: 'Replay from “Thank the customer”?' })
    expect(within(dialog).getByText(/calls another service/)).toBeTruthy()
    await press('Replay from here', dialog)
    expect(fork).toHaveBeenCalledWith({ id: 'run_bad', fromStep: 'mail' })
    expect(onPlaceChange).toHaveBeenCalledWith({ view: 'runs', runId: 'run_new', filters: 'status=failed' })
  })

  it('shows the note of a step in full, which a touch screen shows nowhere else', async () => {
    const steps = ORDERS.steps.map((step) => (step.id === 'mail' ? { ...step, note: 'Agreed with sales.' } : step))
    drawAlone({ client: createStoryClient({ ...STORIES.failed, definition: { ...ORDERS, steps } }) })
    const details = await screen.findByRole('complementary', { name: 'Thank the customer' })
    expect(within(details).getByText('Agreed with sales.')).toBeTruthy()
  })

  it('leads from the failed step to the builder', async () => {
    const onPlaceChange = draw(createStoryClient(STORIES.failed), { view: 'runs', runId: 'run_bad' })
    await press('Fix in the builder')
    expect(onPlaceChange).toHaveBeenCalledWith({ view: 'builder', stepId: 'mail' })
    cleanup()
    draw(createStoryClient(STORIES.failed), { view: 'builder', stepId: 'mail' })
    expect(await screen.findByRole('complementary', { name: 'Thank the customer' })).toBeTruthy()
    cleanup()
    draw(createStoryClient(STORIES.failed), { view: 'builder', stepId: 'gone' })
    expect(await screen.findByText('This step is no longer in the workflow')).toBeTruthy()
  })

  it('leads there from a page of its own, too, where there is a builder', async () => {
    const onOpenStep = vi.fn()
    drawAlone({ onOpenStep })
    await press('Fix in the builder')
    expect(onOpenStep).toHaveBeenCalledWith('wf_orders', 'mail', undefined)
    expect(screen.getByRole('button', { name: 'Reconnect E-mail' })).toBeTruthy()
    cleanup()
    drawAlone({})
    await screen.findByRole('button', { name: 'Reconnect E-mail' })
    expect(screen.queryByRole('button', { name: 'Fix in the builder' })).toBeNull()
  })

  it('is shared by the address that the host tells, and by none without', async () => {
    drawAlone({ linkTo: (path) => `https://app.example/a${path}` })
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await openMenu('Share')
    await act(async () => screen.getByRole('menuitem', { name: 'Copy link to this run' }).click())
    expect(writeText).toHaveBeenCalledWith('https://app.example/a/runs/run_bad')
    cleanup()
    drawAlone({})
    await openMenu('Share')
    expect(screen.queryByRole('menuitem', { name: 'Copy link to this run' })).toBeNull()
    expect(screen.getByRole('menuitem', { name: 'Copy details for support' })).toBeTruthy()
  })

  it('replays the whole loop for a step inside one', async () => {
    const client = createStoryClient(STORIES.loop)
    const fork = vi.spyOn(client.runs.fork, 'mutate')
    draw(client, { view: 'runs', runId: 'run_loop' })
    await press('Replay from here')
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByText(/the whole loop “Each shop” runs again/)).toBeTruthy()
    await press('Replay from here', dialog)
    expect(fork).toHaveBeenCalledWith({ id: 'run_loop', fromStep: 'shops' })
  })
})

describe('a run that cannot be read', () => {
  it('says so, and is there after another try', async () => {
    const client = createStoryClient(STORIES.failed)
    const get = vi
      .spyOn(client.runs.get, 'query')
      .mockRejectedValue({ data: { code: 'run.not_found', httpStatus: 404, title: 'There is no such run.' } })
    drawAlone({ client })
    expect(await screen.findByText('The run could not be loaded')).toBeTruthy()
    get.mockRestore()
    await press('Try again')
    expect(await screen.findByText('What to do')).toBeTruthy()
  })

  it('stays on the screen when only reading it anew fails', async () => {
    const client = createStoryClient(STORIES.running)
    let tell = (): void => {}
    vi.spyOn(client.runs.watch, 'subscribe').mockImplementation((_, { onData }) => {
      tell = () => onData({} as never)
      return { unsubscribe: () => {} }
    })
    draw(client, { view: 'runs', runId: STORIES.running.run.id })
    await screen.findByRole('complementary', { name: 'Run' })
    const get = vi
      .spyOn(client.runs.get, 'query')
      .mockRejectedValue({ data: { code: 'auth.required', httpStatus: 401 } })
    await act(async () => tell())
    await waitFor(() => expect(get).toHaveBeenCalled())
    await act(() => new Promise((resolve) => setTimeout(resolve, 0)))
    expect(screen.getByRole('complementary', { name: 'Run' })).toBeTruthy()
  })
})

describe('data of a run', () => {
  it('hides what looks like a secret until somebody who may asks for it', async () => {
    const { run, steps } = STORIES.succeeded
    const trigger = { headers: { authorization: 'test-key' }, id: 7 }
    draw(createStoryClient({ run: { ...run, trigger, output: null }, steps }), { view: 'runs', runId: run.id })
    const panel = await screen.findByRole('complementary', { name: 'Run' })
    expect(await within(panel).findByText('authorization')).toBeTruthy()
    expect(within(panel).queryByText('test-key')).toBeNull()
    await press('Show “authorization”', panel)
    expect(within(panel).getByText('test-key')).toBeTruthy()
  })
})

describe('the list of runs', () => {
  it('writes its filters where the host keeps them, and offers to clear them', async () => {
    const onPlaceChange = draw(createStoryClient(undefined), { view: 'runs', filters: 'search=nothing-like-it' })
    expect(await screen.findByText('No runs match these filters')).toBeTruthy()
    await act(async () => screen.getAllByRole('button', { name: 'Clear filters' })[0]?.click())
    expect(onPlaceChange).toHaveBeenCalledWith({ view: 'runs', filters: '' })
  })
})
