import { describe, it } from 'vitest'
import { journalScenarios } from '../conformance/index.js'
import { createMemoryJournal } from './journal.js'
import { createVirtualClock } from './virtual-clock.js'

describe('the memory journal', () => {
  it.each(journalScenarios)('$name', async ({ check }) => {
    const clock = createVirtualClock()
    await check({ journal: createMemoryJournal({ clock }), pass: (ms) => clock.advance(ms) })
  })
})
