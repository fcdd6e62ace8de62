// @vitest-environment happy-dom
import type { JsonObject } from '@inlay/engine'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { InlayTheme } from '../theme/InlayTheme.js'
import { ObjectForm } from './ObjectForm.js'

const SCHEMA = {
  type: 'object',
  properties: {
    headers: { type: 'object', title: 'Headers', additionalProperties: { type: 'string' } },
    counts: { type: 'array', title: 'Counts', items: { type: 'integer' } },
  },
}

function Form({ first }: { readonly first: JsonObject }) {
  const [value, setValue] = useState(first)
  return (
    <InlayTheme locale="en">
      <ObjectForm schema={SCHEMA} value={value} onChange={setValue} />
    </InlayTheme>
  )
}

describe('rows', () => {
  afterEach(cleanup)

  it('leave the focus at their end when one is removed', () => {
    render(<Form first={{ headers: { a: '1', b: '2' }, counts: [1, 2] }} />)
    const [first] = screen.getAllByRole('button', { name: 'Remove' })
    if (first === undefined) throw new Error('No row can be removed.')
    first.focus()
    fireEvent.click(first)
    expect(screen.getAllByRole('button', { name: 'Remove' })).toHaveLength(1)
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add' }))
    fireEvent.click(screen.getByRole('button', { name: 'Remove item 1' }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Add item' }))
  })

  it('of numbers have names', () => {
    render(<Form first={{ counts: [1, 2] }} />)
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Item 2' }).value).toBe('2')
  })
})
