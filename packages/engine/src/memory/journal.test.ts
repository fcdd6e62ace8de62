import { describe, it } from 'vitest'
import { describeJournal } from '../conformance/index.js'
import { createMemoryJournal } from './journal.js'
import { createVirtualClock } from './virtual-clock.js'

describeJournal(
  'the memory journal',
  () => {
    const clock = createVirtualClock()
    return { journal: createMemoryJournal({ clock }), pass: (ms) => clock.advance(ms) }
  },
  { describe, it },
)
