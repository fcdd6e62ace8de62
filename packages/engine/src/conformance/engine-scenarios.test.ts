import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createMemoryJournal, createVirtualClock } from '../memory/index.js'
import { engineScenarios, runScenario } from './index.js'

describe('the engine on the memory journal', () => {
  it.concurrent.each(engineScenarios)('$rule', async (scenario) => {
    const clock = createVirtualClock()
    // Time-outs of attempts count real time: the two clocks go on together.
    const pass = async (ms: number): Promise<void> => void (await Promise.all([clock.advance(ms), delay(ms)]))
    await runScenario(scenario, { clock, journal: createMemoryJournal({ clock }), pass })
  })

  it('has each rule once', () => {
    expect(new Set(engineScenarios.map(({ rule }) => rule)).size).toBe(engineScenarios.length)
  })
})
