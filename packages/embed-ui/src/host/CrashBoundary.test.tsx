// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetched } from '../ui/fetched.js'
import { CrashBoundary } from './CrashBoundary.js'
import { EventHub } from './events.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const part = { isBroken: true }

function Part() {
  if (part.isBroken) throw new Error('A field has no name.')
  return <p>the part</p>
}

describe('the widget', () => {
  it('keeps a crash to itself, tells the host, and can go on', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const events = new EventHub()
    const heard: unknown[] = []
    events.on('error', ({ data }) => heard.push(data))
    render(
      <main>
        <h1>The page of the host</h1>
        <CrashBoundary events={events}>
          <Part />
        </CrashBoundary>
      </main>,
    )
    expect(screen.getByText('The page of the host')).toBeDefined()
    expect(heard).toEqual([{ code: 'widget.crashed', message: 'A field has no name.', retryable: true }])
    part.isBroken = false
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(screen.getByText('the part')).toBeDefined()
  })

  it('fetches a part again when that has failed once', async () => {
    const tries = { count: 0 }
    const Fetched = fetched<{ name: string }>(async () => {
      tries.count += 1
      if (tries.count === 1) throw new TypeError('Failed to fetch dynamically imported module')
      return ({ name }) => <p>Hello {name}</p>
    })
    render(<Fetched name="reader" />)
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Hello reader')).toBeDefined()
    expect(tries.count).toBe(2)
  })
})
