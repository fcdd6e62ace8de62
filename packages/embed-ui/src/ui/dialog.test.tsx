// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { InlayTheme } from '../theme/InlayTheme.js'
import { Button } from './Button.js'
import { Dialog } from './Dialog.js'

/** Makes a key in one dialog and shows it in the next. */
function Keys() {
  const [shown, setShown] = useState<'form' | 'secret'>()
  return (
    <InlayTheme locale="en">
      <Button onClick={() => setShown('form')}>New key</Button>
      <Dialog isOpen={shown === 'form'} onClose={() => setShown(undefined)} title="New key">
        <Button onClick={() => setShown('secret')}>Create</Button>
      </Dialog>
      <Dialog isOpen={shown === 'secret'} onClose={() => setShown(undefined)} title="Your key">
        <Button onClick={() => setShown(undefined)}>Done</Button>
      </Dialog>
    </InlayTheme>
  )
}

async function press(name: string): Promise<void> {
  const button = await screen.findByRole('button', { name })
  button.focus()
  fireEvent.click(button)
  // A dialog that goes gives the focus back in the next frame.
  await new Promise((resolve) => requestAnimationFrame(resolve))
}

describe('a dialog', () => {
  it('that follows another gives the focus back to what had it before both', async () => {
    render(<Keys />)
    for (const name of ['New key', 'Create', 'Done']) await press(name)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'New key' })))
  })
})
