// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { CommittedInput } from './CommittedInput.js'

function show() {
  const onCommit = vi.fn<(value: string) => void>()
  const { unmount } = render(<CommittedInput value="old" aria-label="Name" onCommit={onCommit} />)
  const field = screen.getByLabelText('Name')
  fireEvent.change(field, { target: { value: 'new' } })
  return { onCommit, field, unmount }
}

describe('a field that counts when the person is done', () => {
  it('counts once at Enter, however it goes away afterwards', () => {
    const { onCommit, field, unmount } = show()
    expect(onCommit).not.toHaveBeenCalled()
    fireEvent.keyDown(field, { key: 'Enter' })
    fireEvent.blur(field)
    unmount()
    expect(onCommit.mock.calls).toEqual([['new']])
  })

  it('counts when the panel around it goes away', () => {
    const { onCommit, unmount } = show()
    unmount()
    expect(onCommit.mock.calls).toEqual([['new']])
  })

  it('is given up at Escape', () => {
    const { onCommit, field, unmount } = show()
    fireEvent.keyDown(field, { key: 'Escape' })
    unmount()
    expect(onCommit).not.toHaveBeenCalled()
  })
})
