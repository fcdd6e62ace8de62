// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { InlayTheme } from '../theme/InlayTheme.js'
import { DurationInput } from './DurationInput.js'

let stored = ''

function Form({ first }: { readonly first: string }) {
  const [value, setValue] = useState(first)
  stored = value
  return <DurationInput value={value} onChange={setValue} />
}

async function show(first: string, locale = 'en') {
  render(
    <InlayTheme locale={locale}>
      <Form first={first} />
    </InlayTheme>,
  )
  const amount = (await screen.findByRole('textbox')) as HTMLInputElement
  const unit = screen.getByRole('combobox') as HTMLSelectElement
  return { amount, unit, type: (text: string) => fireEvent.change(amount, { target: { value: text } }) }
}

describe('a duration', () => {
  it('shows what was typed even while it is no number, so that it can be mended', async () => {
    const { amount, type } = await show('5m')
    type('x')
    expect(stored).toBe('xm')
    expect(amount.value).toBe('x')
    type('7')
    expect(stored).toBe('7m')
  })

  it('keeps nothing as nothing when the unit changes', async () => {
    const { unit } = await show('')
    fireEvent.change(unit, { target: { value: 'h' } })
    expect(stored).toBe('')
  })

  it('is written with the decimal sign of the language', async () => {
    const { amount, type } = await show('1.5h', 'de')
    expect(amount.value).toBe('1,5')
    type('2,25')
    expect(stored).toBe('2.25h')
    expect(amount.value).toBe('2,25')
  })
})
