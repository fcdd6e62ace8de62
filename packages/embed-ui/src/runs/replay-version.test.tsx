// @vitest-environment happy-dom
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createStoryClient, STORIES } from '../../gallery/fixtures/run-stories.js'
import type { ForkCheck } from '../data/run-types.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import { InlayTheme } from '../theme/InlayTheme.js'

const POSSIBLE: ForkCheck = {
  ...{ isNewest: false, isPossible: true, hasOtherSettings: false },
  ...{ changed: [], added: [], removed: [] },
}

async function openReplay(check: ForkCheck) {
  const client = createStoryClient(STORIES.failed)
  const fork = vi.spyOn(client.runs.fork, 'mutate').mockResolvedValue({ id: 'run_new' })
  vi.spyOn(client.runs.checkFork, 'query').mockResolvedValue(check)
  render(
    <InlayTheme>
      <WorkflowEditor
        client={client}
        workflowId="wf_orders"
        place={{ view: 'runs', runId: 'run_bad' }}
        onPlaceChange={() => {}}
      />
    </InlayTheme>,
  )
  const replay = await screen.findByRole('button', { name: 'Replay from here' })
  await act(async () => replay.click())
  return { fork, dialog: await screen.findByRole('dialog') }
}

describe('a replay from a step', () => {
  // What is fetched when it is first shown takes longer than a query waits.
  beforeAll(() => Promise.all([import('./RunPage.js'), import('./ReplayDialog.js')]))

  it('goes on with the newest version where that is the same up to the step', async () => {
    const { fork, dialog } = await openReplay(POSSIBLE)
    const version = await within(dialog).findByRole('combobox')
    await act(async () => fireEvent.change(version, { target: { value: 'latest' } }))
    await act(async () => within(dialog).getByRole('button', { name: 'Replay from here' }).click())
    expect(fork).toHaveBeenCalledWith({ id: 'run_bad', fromStep: 'mail', version: 'latest' })
  })

  it('says why it cannot, and goes on with the one that ran', async () => {
    const { fork, dialog } = await openReplay({ ...POSSIBLE, isPossible: false, changed: ['gone'] })
    expect(await within(dialog).findByText(/not the same up to this step: gone/)).toBeTruthy()
    expect(within(dialog).queryByRole('combobox')).toBeNull()
    await act(async () => within(dialog).getByRole('button', { name: 'Replay from here' }).click())
    expect(fork).toHaveBeenCalledWith({ id: 'run_bad', fromStep: 'mail' })
  })
})
