// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { CodeBlock } from '../ui/Code.js'
import { Input } from '../ui/Input.js'
import { Tabs } from '../ui/Tabs.js'
import { InlayTheme } from './InlayTheme.js'

function Page() {
  const [selected, setSelected] = useState<'first' | 'second'>('first')
  return (
    <>
      <Tabs
        label="views"
        tabs={[
          { id: 'first', label: 'first' },
          { id: 'second', label: 'second' },
        ]}
        selected={selected}
        onSelect={setSelected}
      />
      <Input aria-label="words" />
      <Input aria-label="code" isMono />
      <Input aria-label="amount" type="number" />
      <CodeBlock code="{}" label="data" />
    </>
  )
}

describe('a page that is read from the right', () => {
  it('turns its root, leaves code alone, and reads what people write in its own direction', async () => {
    render(
      <InlayTheme locale="ar">
        <Page />
      </InlayTheme>,
    )
    const words = await screen.findByLabelText('words')
    expect(words.closest('[data-inlay-part="root"]')).toHaveProperty('dir', 'rtl')
    expect(words.getAttribute('dir')).toBe('auto')
    expect(screen.getByLabelText('code').getAttribute('dir')).toBe('ltr')
    expect(screen.getByLabelText('amount').getAttribute('dir')).toBe(null)
    expect(screen.getByLabelText('data').closest('[dir]')?.getAttribute('dir')).toBe('ltr')
  })

  it('goes to the next tab by the arrow that points onwards', async () => {
    render(
      <InlayTheme locale="ar">
        <Page />
      </InlayTheme>,
    )
    fireEvent.keyDown(await screen.findByRole('tab', { name: 'first' }), { key: 'ArrowLeft' })
    expect(screen.getByRole('tab', { name: 'second' }).getAttribute('aria-selected')).toBe('true')
  })
})
