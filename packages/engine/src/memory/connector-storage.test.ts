import { describe, it } from 'vitest'
import { storageScenarios } from '../conformance/index.js'
import { createMemoryConnectorStorage } from './connector-storage.js'
import { createVirtualClock } from './virtual-clock.js'

describe("connectors' stores in memory", () => {
  it.each(storageScenarios)('$name', async ({ check }) => {
    const clock = createVirtualClock()
    const storage = createMemoryConnectorStorage({ clock, maxKeys: 20 })
    await check({ storage, maxKeys: 20, pass: (ms) => clock.advance(ms) })
  })
})
