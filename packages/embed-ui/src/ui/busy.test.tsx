// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { Button } from './Button.js'
import { Switch } from './Toggle.js'

describe('a control whose last press is under way', () => {
  it('keeps the focus, and neither acts nor sends its form again', () => {
    const send = vi.fn()
    const act = vi.fn()
    const draw = (isBusy: boolean) => (
      <form onSubmit={send}>
        <input aria-label="Name" />
        <Button type="submit" isBusy={isBusy} onClick={act}>
          Save
        </Button>
      </form>
    )
    const { rerender } = render(draw(false))
    const button = screen.getByRole('button')
    button.focus()
    rerender(draw(true))
    expect(document.activeElement).toBe(button)
    expect(button.hasAttribute('disabled')).toBe(false)
    expect(button.getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(button)
    expect(act).not.toHaveBeenCalled()
    expect(send).not.toHaveBeenCalled()
  })

  it('is a switch, too', () => {
    const change = vi.fn()
    render(<Switch isOn isBusy onChange={change} label="On" />)
    const control = screen.getByRole('switch')
    expect(control.hasAttribute('disabled')).toBe(false)
    fireEvent.click(control)
    expect(change).not.toHaveBeenCalled()
  })
})
