import type { StepLogEntry } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { LogBounds } from './log-bounds.js'

function line(message: string, more: Partial<StepLogEntry> = {}): StepLogEntry {
  // Ids of nothing that there is.
  const owner = { runId: 'run_1', tenantId: 'ten_1', customerId: 'cus_1' } as never as StepLogEntry
  return { ...owner, stepPath: 'a', iteration: '0', attempt: 1, level: 'info', message, ...more }
}

describe('what is kept of what steps log', () => {
  it('ends after a hundred lines of an attempt with a line that says so, once', () => {
    const bounds = new LogBounds()
    for (let index = 0; index < 100; index++) expect(bounds.take(line('x'))?.level).toBe('info')
    expect(bounds.take(line('x'))).toEqual({ level: 'cut', message: '', data: null })
    expect(bounds.take(line('x'))).toBeUndefined()
    expect(bounds.take(line('x', { attempt: 2 }))?.level).toBe('info')
    expect(bounds.take(line('x', { iteration: '1' }))?.level).toBe('info')
  })

  it('ends before a line that is too long for it', () => {
    const bounds = new LogBounds()
    expect(bounds.take(line('x', { data: { text: 'y'.repeat(30_000) } }))?.level).toBe('info')
    expect(bounds.take(line('x', { data: { text: 'y'.repeat(3_000) } }))?.level).toBe('cut')
  })

  it('ends for the whole run, however many steps it has', () => {
    const bounds = new LogBounds()
    const kept = Array.from({ length: 2_000 }, (_, index) => bounds.take(line('x', { iteration: String(index) })))
    expect(kept.filter((each) => each?.level === 'info')).toHaveLength(1_000)
    expect(kept.filter((each) => each?.level === 'cut')).toHaveLength(1)
  })

  it('holds nothing that the database cannot store', () => {
    expect(new LogBounds().take(line('a\0b'))?.message).toBe('a\uFFFDb')
  })
})
