// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { TitleEditor } from '../canvas/TitleEditor.js'
import { CommittedInput } from '../panels/CommittedInput.js'
import { Combobox } from './Combobox.js'

/** Keys that an input method has for itself, as browsers tell of them. */
const TAKEN = { keyCode: 229 }

describe('Enter and Escape while an input method puts a word together', () => {
  it('do not end the naming of a step', () => {
    const done = vi.fn()
    render(<TitleEditor title="注文" onDone={done} />)
    const field = screen.getByRole('textbox')
    fireEvent.keyDown(field, { key: 'Enter', ...TAKEN })
    fireEvent.keyDown(field, { key: 'Escape', ...TAKEN })
    expect(done).not.toHaveBeenCalled()
    fireEvent.keyDown(field, { key: 'Enter' })
    expect(done).toHaveBeenCalledWith('注文')
  })

  it('do not make a field count, or give it up', () => {
    const commit = vi.fn()
    render(<CommittedInput value="" aria-label="Name" onCommit={commit} />)
    const field = screen.getByLabelText('Name') as HTMLInputElement
    fireEvent.change(field, { target: { value: 'にほ' } })
    fireEvent.keyDown(field, { key: 'Enter', ...TAKEN })
    fireEvent.keyDown(field, { key: 'Escape', ...TAKEN })
    expect(commit).not.toHaveBeenCalled()
    expect(field.value).toBe('にほ')
  })

  it('do not choose from a list', async () => {
    const choose = vi.fn()
    render(<Combobox value="" options={[{ value: 'tokyo', label: '東京' }]} onValueChange={choose} />)
    fireEvent.click(screen.getByRole('button'))
    const search = await screen.findByRole('combobox')
    fireEvent.keyDown(search, { key: 'Enter', ...TAKEN })
    expect(choose).not.toHaveBeenCalled()
    fireEvent.keyDown(search, { key: 'Enter' })
    expect(choose).toHaveBeenCalledWith('tokyo')
  })
})
