// @vitest-environment happy-dom
import type { JsonObject, WorkflowDefinition } from '@inlay/engine'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryClient } from '../../gallery/fixtures/memory-client.js'
import { MAILING } from '../../gallery/fixtures/papers.js'
import { WorkflowEditor } from '../editor/WorkflowEditor.js'
import type { StoredFile } from '../files/stored-file.js'
import { InlayTheme } from '../theme/InlayTheme.js'

// A plain field comes in place of the editor of expressions, which needs more of a selection than happy-dom has.
vi.mock('@codemirror/view', () => {
  throw new Error('not there')
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Opens the step whose fields are files. */
async function openStep() {
  const client = createMemoryClient({ definition: MAILING })
  render(
    <InlayTheme locale="en">
      <WorkflowEditor client={client} workflowId="wf_orders" place={{ view: 'builder' }} onPlaceChange={() => {}} />
    </InlayTheme>,
  )
  fireEvent.click(await screen.findByRole('button', { name: /^Send papers/ }))
  const panel = within(await screen.findByRole('complementary'))
  const field = (name: string) => {
    const place = document.querySelector<HTMLElement>(`[data-field="/input/${name}"]`)
    if (place === null) throw new Error(`There is no field ${name}.`)
    return within(place)
  }
  const input = async (): Promise<JsonObject> => {
    const { draft } = await client.workflows.get.query({ id: 'wf_orders' })
    const [step] = (draft.definition as WorkflowDefinition).steps
    return step?.type === 'action' ? (step.input ?? {}) : {}
  }
  return { client, panel, field, input }
}

/** The next choice of a file is this one. */
function nextFile(file: File): void {
  vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementationOnce(function (this: HTMLInputElement) {
    Object.defineProperty(this, 'files', { value: [file] })
    this.dispatchEvent(new Event('change'))
  })
}

const LETTER = new File(['hello'], 'letter.pdf', { type: 'application/pdf' })
const KEPT = { $file: 'file_9', name: 'letter.pdf', contentType: 'application/pdf', size: 5 }

describe('a field for a file', () => {
  it('keeps a file of the person’s own in the workflow, whatever is changed while it is uploaded', async () => {
    const { client, field, input } = await openStep()
    let arrive: (file: StoredFile) => void = () => {}
    vi.spyOn(client.files, 'upload').mockImplementation(async (file, { name, customerId, onProgress }) => {
      expect([file, name, customerId]).toEqual([LETTER, 'letter.pdf', 'cus_1'])
      onProgress?.(2)
      return new Promise((resolve) => {
        arrive = resolve
      })
    })
    nextFile(LETTER)
    const button = field('letter').getByRole('button', { name: 'Choose a file…' })
    button.focus()
    fireEvent.click(button)
    const progress = await field('letter').findByRole('progressbar', { name: 'letter.pdf is being uploaded' })
    expect(progress.getAttribute('aria-valuetext')).toBe('40%')
    fireEvent.change(field('invoice').getByLabelText('Invoice', { selector: 'textarea' }), {
      target: { value: '{{ trigger.body.other }}' },
    })
    arrive(KEPT)
    await field('letter').findByRole('button', { name: 'Remove letter.pdf' })
    await waitFor(async () => {
      expect(await input()).toMatchObject({ letter: KEPT, invoice: '{{ trigger.body.other }}' })
    })
    expect(document.activeElement).toBe(field('letter').getByRole('button', { name: 'Replace…' }))
  })

  it('says what was refused and why, in words of the person, and takes the next', async () => {
    const { client, field } = await openStep()
    const upload = vi.spyOn(client.files, 'upload')
    const refused = async (error: unknown, words: RegExp) => {
      upload.mockRejectedValueOnce(error)
      nextFile(LETTER)
      fireEvent.click(field('letter').getByRole('button', { name: 'Choose a file…' }))
      expect((await field('letter').findByText(words)).getAttribute('role')).toBe('alert')
    }
    const problem = (code: string, status: number) => Object.assign(new Error('English'), { code, status })
    await refused(problem('file.too_large', 413), /^The file was not uploaded. It is larger than files may be here/)
    await refused(problem('file.media_type', 415), /Files of this kind are not taken here/)
    const busy = Object.assign(problem('file.too_many', 429), { retryAfterMs: 2000 })
    await refused(busy, /Several files are being uploaded already. Try again in 2 seconds/)
    await refused(new TypeError('Failed to fetch'), /There is no connection/)
    upload.mockResolvedValueOnce(KEPT)
    fireEvent.drop(field('letter').getByText('Drop a file here'), {
      dataTransfer: { types: ['Files'], files: [LETTER] },
    })
    await field('letter').findByRole('button', { name: 'Remove letter.pdf' })
    expect(field('letter').queryByRole('alert')).toBeNull()
  })

  it('that is gone says so in words of the person, and in those that go with its button', async () => {
    const { client, field, input } = await openStep()
    const place = field('form')
    const words = await place.findByText(/^“gone order form.pdf” has been removed/)
    const button = place.getByRole('button', { name: 'Replace…' })
    const described = button.getAttribute('aria-describedby')?.split(' ') ?? []
    expect(described.map((id) => document.getElementById(id)?.textContent).join(' ')).toMatch(
      /^gone order form\.pdf.*has been removed/,
    )
    vi.spyOn(client.files, 'upload').mockResolvedValue(KEPT)
    nextFile(LETTER)
    fireEvent.click(button)
    await waitFor(() => expect(words.isConnected).toBe(false))
    expect(await input()).toMatchObject({ form: KEPT })
  })

  it('in a list is removed with its row, by one button that names it', async () => {
    const { field, input } = await openStep()
    const list = field('attachments')
    const names = () => list.getAllByRole('button', { name: /^Remove/ }).map((each) => each.getAttribute('aria-label'))
    expect(names()).toEqual(['Remove Opening hours.pdf', 'Remove item 2'])
    expect(list.getByLabelText('Item 2', { selector: 'textarea' })).toBeDefined()
    fireEvent.click(list.getByRole('button', { name: 'Remove Opening hours.pdf' }))
    await waitFor(async () =>
      expect(await input()).toMatchObject({ attachments: ['{{ trigger.body.order.leaflet }}'] }),
    )
    expect(names()).toEqual(['Remove item 1'])
    expect(document.activeElement).toBe(list.getByRole('button', { name: 'Add item' }))
  })

  it('takes data of earlier steps too, and is calculated as any other', async () => {
    const { field, input } = await openStep()
    expect(field('invoice').queryByRole('button', { name: 'Choose a file…' })).toBeNull()
    fireEvent.change(field('letter').getByLabelText('Letter', { selector: 'textarea' }), {
      target: { value: '{{ trigger.body.letter }}' },
    })
    await waitFor(async () => expect(await input()).toMatchObject({ letter: '{{ trigger.body.letter }}' }))
    fireEvent.click(field('contract').getByRole('button', { name: /^Calculate Contract/ }))
    await waitFor(async () => expect(String((await input())['contract'])).toContain('"$file":"file_1111'))
    fireEvent.click(field('contract').getByRole('button', { name: /^Use a plain value for Contract/ }))
    await waitFor(async () => expect(await input()).toMatchObject({ contract: { size: 1_843_200 } }))
  })
})

describe('a test of a step that takes a file from data', () => {
  it('is given a file of the person’s own, and leaves the draft as it is', async () => {
    const { client, panel, input } = await openStep()
    vi.spyOn(client.files, 'upload').mockResolvedValue(KEPT)
    const test = vi.spyOn(client.workflows.testStep, 'mutate')
    const place = within(panel.getByRole('group', { name: /^File for this test: Invoice/ }))
    nextFile(LETTER)
    fireEvent.click(place.getByRole('button', { name: 'Choose a file…' }))
    await place.findByRole('button', { name: 'Remove letter.pdf' })
    fireEvent.click(panel.getByRole('button', { name: 'Test step' }))
    await waitFor(() => expect(test).toHaveBeenCalled())
    expect(test.mock.calls[0]?.[0].definition?.steps[0]).toMatchObject({ input: { invoice: KEPT } })
    expect(await input()).toMatchObject({ invoice: '{{ trigger.body.order.invoice }}' })
  })
})
