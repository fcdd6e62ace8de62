// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ToastProvider, useToast } from './Toast.js'

function Deleter() {
  const toast = useToast()
  const action = { label: 'Undo', onSelect: () => {} }
  return (
    <button type="button" onClick={() => toast({ tone: 'success', title: 'Deleted', action })}>
      Delete
    </button>
  )
}

const LONG_MS = 60_000
const pass = (ms: number) => act(async () => vi.advanceTimersByTime(ms))

describe('a toast', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    render(
      <ToastProvider>
        <Deleter />
      </ToastProvider>,
    )
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
  })
  afterEach(() => {
    cleanup()
    vi.useRealTimers()
  })

  it('goes away by itself', async () => {
    await pass(LONG_MS)
    expect(screen.queryByText('Deleted')).toBeNull()
  })

  it('stays while somebody has the focus in it', async () => {
    act(() => screen.getByRole('button', { name: 'Undo' }).focus())
    await pass(LONG_MS)
    expect(screen.getByText('Deleted')).toBeDefined()
    act(() => screen.getByRole('button', { name: 'Undo' }).blur())
    await pass(LONG_MS)
    expect(screen.queryByText('Deleted')).toBeNull()
  })

  it('stays while somebody points at it', async () => {
    const words = screen.getByText('Deleted')
    fireEvent.pointerEnter(words.closest('[data-tone]') as Element)
    await pass(LONG_MS)
    expect(screen.getByText('Deleted')).toBeDefined()
  })

  it('gives the focus back to where the person was when its button is pressed', async () => {
    const origin = screen.getByRole('button', { name: 'Delete' })
    act(() => origin.focus())
    const undo = screen.getByRole('button', { name: 'Undo' })
    fireEvent.focus(undo, { relatedTarget: origin })
    act(() => undo.focus())
    fireEvent.click(undo)
    await pass(100)
    expect(screen.queryByText('Deleted')).toBeNull()
    expect(document.activeElement).toBe(origin)
  })
})
