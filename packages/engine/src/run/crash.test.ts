import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryJournal, createVirtualClock } from '../memory/index.js'
import type { Journal } from '../ports/journal.js'
import { call, createHarness, type Effect } from '../testing/harness.js'

/** The journal as a process sees it that dies at its n-th write: nothing it does afterwards counts. */
function dyingJournal(journal: Journal, writesToLive: number): Journal {
  let writes = 0
  const guard =
    <Args extends unknown[], Result>(write: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      writes += 1
      return writes > writesToLive ? new Promise(() => {}) : write(...args)
    }
  return {
    ...bound(journal),
    append: guard(journal.append.bind(journal)),
    respond: guard(journal.respond.bind(journal)),
    finish: guard(journal.finish.bind(journal)),
    park: guard(journal.park.bind(journal)),
    renew: () => new Promise(() => {}),
  }
}

function bound(journal: Journal): Journal {
  const names = [
    'create',
    'claim',
    'append',
    'respond',
    'finish',
    'park',
    'renew',
    'release',
    'requestCancel',
    'due',
    'readRun',
    'readSteps',
  ] as const
  return Object.fromEntries(names.map((name) => [name, journal[name].bind(journal)])) as unknown as Journal
}

type Shape = 'set' | 'call' | 'wait' | 'branch' | 'parallel' | 'forEach'

const shapes: fc.Arbitrary<Shape[]> = fc.array(
  fc.constantFrom<Shape>('set', 'call', 'wait', 'branch', 'parallel', 'forEach'),
  { minLength: 1, maxLength: 5 },
)

function build(list: readonly Shape[], prefix = 's'): object[] {
  return list.map((shape, index) => {
    const id = `${prefix}${index}`
    switch (shape) {
      case 'set':
        return { id, type: 'set', values: { n: index } }
      case 'call':
        return call(id, { id })
      case 'wait':
        return { id, type: 'wait', for: '10s' }
      case 'branch':
        return { id, type: 'branch', cases: [{ if: 'trigger.go', steps: [call(`${id}_a`, { id })] }], else: [] }
      case 'parallel':
        return {
          id,
          type: 'parallel',
          branches: {
            x: [call(`${id}_x`), call(`${id}_x2`)],
            y: [{ id: `${id}_y`, type: 'wait', for: '5s' }, call(`${id}_y2`)],
          },
        }
      case 'forEach':
        return { id, type: 'forEach', items: [1, 2, 3], concurrency: 2, steps: [call(`${id}_e`, { v: '{{ item }}' })] }
      default:
        throw new Error(`no shape ${String(shape)}`)
    }
  })
}

async function runWithCrash(
  steps: readonly object[],
  writesToLive: number | undefined,
): Promise<{ output: unknown; status: string; effects: Effect[] }> {
  const clock = createVirtualClock()
  const journal = createMemoryJournal({ clock })
  const effects: Effect[] = []
  const dying = writesToLive === undefined ? journal : dyingJournal(journal, writesToLive)
  const first = createHarness(steps, { clock, journal: dying, effects })
  const runId = await first.start({ go: true })
  await clock.advance(20_000)
  const second = createHarness(steps, { clock, journal, effects })
  for (let i = 0; i < 30; i++) {
    await second.engine.execute((await journal.due(10)).map((due) => due.runId))
    await clock.advance(5_000)
  }
  const { status, output } = await second.read(runId)
  return { status, output, effects }
}

describe('a process that dies at any write', () => {
  it('changes neither the result nor the idempotency keys, and repeats at most what was in flight', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(12), async (list, writesToLive) => {
        const steps = build(list)
        const [whole, crashed] = [await runWithCrash(steps, undefined), await runWithCrash(steps, writesToLive)]
        expect({ status: crashed.status, output: withoutTimes(crashed.output) }).toEqual({
          status: whole.status,
          output: withoutTimes(whole.output),
        })
        const keys = (effects: readonly Effect[]): string[] =>
          [...new Set(effects.map(({ key }) => key.replace(/^run_[0-9a-f]+/, '')))].sort()
        expect(keys(crashed.effects)).toEqual(keys(whole.effects))
        for (const key of new Set(crashed.effects.map((effect) => effect.key))) {
          expect(crashed.effects.filter((effect) => effect.key === key).length).toBeLessThanOrEqual(2)
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** A wait's output names the time it ended at, which a crash may move. */
function withoutTimes(output: unknown): unknown {
  return JSON.parse(JSON.stringify(output ?? null).replace(/"until":"[^"]+"/g, '"until":""')) as unknown
}
