// @vitest-environment happy-dom
import { act, render, screen } from '@testing-library/react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createStoryClient, STORIES } from '../../gallery/fixtures/run-stories.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import { InlayTheme } from '../theme/InlayTheme.js'

describe('the log of a step', () => {
  // What is fetched when it is first shown takes longer than a query waits.
  beforeAll(() => import('./RunPage.js'))

  it('stands with the step that a run failed at, and says when lines are missing', async () => {
    const client = createStoryClient(STORIES.failed)
    const at = new Date(0).toISOString()
    const read = vi.spyOn(client.runs.stepLogs, 'query').mockResolvedValue({
      data: [
        { at, attempt: 1, level: 'warn', message: 'The server is slow', data: { tried: 3 } },
        { at, attempt: 1, level: 'cut', message: '', data: null },
      ],
    })
    render(
      <InlayTheme locale="en">
        <WorkflowEditor
          client={client}
          workflowId="wf_orders"
          place={{ view: 'runs', runId: 'run_bad' }}
          onPlaceChange={() => {}}
        />
      </InlayTheme>,
    )
    const tab = await screen.findByRole('tab', { name: 'Log' })
    await act(async () => tab.click())
    expect(screen.getByText('The server is slow').closest('li')?.textContent).toContain('{"tried":3}')
    expect(screen.getByText('More was logged; it is not kept.')).toBeTruthy()
    expect(read).toHaveBeenCalledWith({ id: 'run_bad', stepPath: 'mail', iteration: '0' })
  })
})
