import type { JsonValue } from '@inlay/engine'
import { systemClock } from '@inlay/engine'
import { createMemoryJournal } from '@inlay/engine/memory'
import { createEngineHost, type EngineHost } from '../engine-host.js'
import { interleave, perSecond, ratios } from '../interleave.js'
import type { BenchContext, Section } from '../measurement.js'

const STEPS_PER_RUN = 100
const STEPS_PER_GROUP = 4
const RUNS_AT_ONCE = 50
/** The memory journal keeps all runs for good; a fresh engine every so often keeps its growth out of the figure. */
const RUNS_PER_ENGINE = 1000
const GOAL = 150_000

/** Pure steps a second in one process with the memory adapter. */
export async function measureMemory({ rounds, seconds, progress }: BenchContext): Promise<readonly Section[]> {
  await assertAllStepsRun()
  const engine = (): Promise<number> => measureEngine(seconds)
  progress('warming up')
  await measureEngine(Math.min(seconds, 2))
  progress('running')
  const values = await interleave(rounds, { engine, bare: () => measureRecords(seconds) })
  return [
    {
      title: `Pure steps with the memory adapter, runs of ${STEPS_PER_RUN} set and branch steps`,
      figures: [
        { what: 'bare: as many step records made and put into a Map', values: values.bare, unit: 'a second' },
        { what: 'steps / bare', values: ratios(values.engine, values.bare), unit: 'share' },
      ],
      goals: [{ what: 'steps', values: values.engine, unit: 'a second', bound: { atLeast: GOAL } }],
    },
  ]
}

async function measureEngine(seconds: number): Promise<number> {
  let host = createHost()
  let runs = 0
  const rate = await perSecond({ lanes: 1, seconds }, async () => {
    await host.startAndExecute(triggers(RUNS_AT_ONCE))
    runs += RUNS_AT_ONCE
    if (runs % RUNS_PER_ENGINE === 0) {
      await host.close()
      host = createHost()
    }
    return RUNS_AT_ONCE * STEPS_PER_RUN
  })
  await host.close()
  return rate
}

function createHost(): EngineHost {
  return createEngineHost({ journal: createMemoryJournal({ clock: systemClock() }), steps: pureSteps() })
}

function triggers(count: number): JsonValue[] {
  return Array.from({ length: count }, (_, n) => ({ n }))
}

/** Groups of `set`, `branch` into `set`, `set`, each reading what the one before computed. */
function pureSteps(): JsonValue[] {
  return Array.from({ length: STEPS_PER_RUN / STEPS_PER_GROUP }, (_, group) => {
    const [a, b, c] = [`a${group}`, `b${group}`, `c${group}`]
    const before = group === 0 ? 'trigger.n' : `steps.c${group - 1}.output.n`
    const then = [{ id: b, type: 'set', values: { n: `{{ steps.${a}.output.n }}`, text: 'Group' } }]
    const cases = [{ if: `{{ steps.${a}.output.n >= 0 }}`, steps: then }]
    return [
      { id: a, type: 'set', values: { n: `{{ ${before} }}` } },
      { id: `size${group}`, type: 'branch', cases, else: [] },
      { id: c, type: 'set', values: { n: `{{ steps.${a}.output.n }}` } },
    ]
  }).flat()
}

/** A workflow that takes fewer steps than it is counted for would flatter the figure. */
async function assertAllStepsRun(): Promise<void> {
  const host = createHost()
  const [runId] = await host.startAndExecute(triggers(1))
  const steps = runId === undefined ? [] : await host.stepsOf(runId)
  await host.close()
  if (steps.length !== STEPS_PER_RUN) throw new Error(`A run took ${steps.length} steps instead of ${STEPS_PER_RUN}.`)
}

/** The least that a step costs when somebody wants to read it afterwards. */
function measureRecords(seconds: number): Promise<number> {
  const paths = Array.from({ length: STEPS_PER_RUN }, (_, step) => `step${step}`)
  return perSecond({ lanes: 1, seconds }, async () => {
    const runs: Map<string, object>[] = []
    for (let run = 0; run < RUNS_AT_ONCE; run++) {
      const steps = new Map<string, object>()
      for (const stepPath of paths) {
        const at = Date.now()
        const output = { n: run }
        const end = { status: 'succeeded', attempt: 1, output, startedAt: at, finishedAt: at }
        steps.set(`${stepPath}\n0`, { stepPath, iteration: '0', type: 'set', end })
      }
      runs.push(steps)
    }
    return runs.length * STEPS_PER_RUN
  })
}
