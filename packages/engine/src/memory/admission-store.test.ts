import { describe, it } from 'vitest'
import { admissionScenarios } from '../conformance/index.js'
import { createMemoryAdmissionStore } from './admission-store.js'
import { createVirtualClock } from './virtual-clock.js'

describe('the admission store in memory', () => {
  it.each(admissionScenarios)('$name', async ({ check }) => {
    const clock = createVirtualClock()
    await check({ store: createMemoryAdmissionStore({ clock }), pass: (ms) => clock.advance(ms) })
  })
})
