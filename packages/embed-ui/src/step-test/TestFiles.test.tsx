// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ORDERS } from '../../gallery/fixtures/definitions.js'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import { InlayTheme } from '../theme/InlayTheme.js'

afterEach(() => {
  vi.restoreAllMocks()
})

/** What the gallery's server takes. */
const MAX_BYTES = 25_000_000
const STORED = { $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 2_400 }

/** The dialog of a test run, with what is sent when it starts. */
async function openDialog() {
  const client = createMemoryClient({ definition: ORDERS })
  const samples = await client.workflows.samples.query({ id: 'wf_orders' })
  const steps = { ...samples.steps, download: { file: STORED } }
  vi.spyOn(client.workflows.samples, 'query').mockResolvedValue({ ...samples, steps })
  const start = vi.spyOn(client.workflows.testRun, 'mutate')
  render(
    <InlayTheme locale="en">
      <WorkflowEditor client={client} workflowId="wf_orders" place={{ view: 'builder' }} onPlaceChange={() => {}} />
    </InlayTheme>,
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Test' }))
  const dialog = within(await screen.findByRole('dialog', { hidden: true }))
  const press = (name: RegExp | string) => fireEvent.click(dialog.getByRole('button', { name, hidden: true }))
  return { start, dialog, press }
}

/** The next choice of a file is this one. */
function nextFile(file: File): void {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementationOnce(function (this: HTMLInputElement) {
    Object.defineProperty(this, 'files', { value: [file] })
    this.dispatchEvent(new Event('change'))
  })
}

describe('a file for a test run', () => {
  it('is one of the person’s own, or one that an earlier run stored', async () => {
    const { start, dialog, press } = await openDialog()
    nextFile(new File(['hello'], 'note.txt', { type: 'text/plain' }))
    press('Choose a file…')
    const begin = dialog.getByRole<HTMLButtonElement>('button', { name: 'Start test run', hidden: true })
    await waitFor(() => expect(begin.disabled).toBe(true))
    await dialog.findByRole('button', { name: 'Remove note.txt', hidden: true })
    expect(begin.disabled).toBe(false)
    press('Remove note.txt')
    fireEvent.change(await dialog.findByLabelText('Stored file for File'), { target: { value: 'file_1' } })
    await dialog.findByText('invoice.pdf')
    press('Start test run')
    await waitFor(() => expect(start).toHaveBeenCalled())
    expect(start.mock.calls[0]?.[0].input).toMatchObject({ body: { file: STORED, order: {} } })
  })

  it('is refused with the limit when it is too large, and given as what the server keeps', async () => {
    const { start, dialog, press } = await openDialog()
    nextFile(new File([new Uint8Array(MAX_BYTES + 1)], 'film.bin'))
    press('Choose a file…')
    await dialog.findByText('This file is too large: 25 MB at most.')
    nextFile(new File(['hello'], 'note.txt', { type: 'text/plain' }))
    press('Choose a file…')
    await dialog.findByRole('button', { name: 'Remove note.txt', hidden: true })
    expect(dialog.queryByText('This file is too large: 25 MB at most.')).toBeNull()
    press('Start test run')
    await waitFor(() => expect(start).toHaveBeenCalled())
    const file = { $file: expect.stringMatching(/^file_/), name: 'note.txt', contentType: 'text/plain', size: 5 }
    expect(start.mock.calls[0]?.[0].input).toMatchObject({ body: { file } })
  })
})
