import { describe, expect, it } from 'vitest'
import { createMemoryJournal, createVirtualClock } from '../memory/index.js'
import { engineScenarios, runScenario } from './index.js'

describe('the engine on the memory journal', () => {
  it.each(engineScenarios)('$rule', async (scenario) => {
    const clock = createVirtualClock()
    await runScenario(scenario, { clock, journal: createMemoryJournal({ clock }), pass: (ms) => clock.advance(ms) })
  })

  it('has each rule once', () => {
    expect(new Set(engineScenarios.map(({ rule }) => rule)).size).toBe(engineScenarios.length)
  })
})
