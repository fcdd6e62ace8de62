import { describe, it } from 'vitest'
import { circuitScenarios } from '../conformance/index.js'
import { createMemoryCircuitStore } from './circuit-store.js'
import { createVirtualClock } from './virtual-clock.js'

describe('the circuit store in memory', () => {
  it.each(circuitScenarios)('$name', async ({ check }) => {
    const clock = createVirtualClock()
    const store = createMemoryCircuitStore({ clock })
    await check({ stores: [store, store], pass: (ms) => clock.advance(ms) })
  })
})
