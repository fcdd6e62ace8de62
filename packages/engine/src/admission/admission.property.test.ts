import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunId } from '../contracts/ids.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import { createMemoryAdmissionStore, createVirtualClock, type VirtualClock } from '../memory/index.js'
import type { AdmissionStore } from '../ports/admission-store.js'
import { call, createHarness, type Harness } from '../testing/harness.js'

/** A trigger that comes some time after the one before. */
interface Arrival {
  readonly gapMs: number
  readonly key: string
}

const arrivals = fc.array(
  fc.record({ gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })), key: fc.constantFrom('a', 'b') }),
  { minLength: 1, maxLength: 40 },
)
const RUNS = { numRuns: 40 }

/** Starts a run for each arrival, sweeping before each and for a while after the last. */
async function serve(h: Harness, all: readonly Arrival[]): Promise<{ ids: RunId[]; at: number[] }> {
  const ids: RunId[] = []
  const at: number[] = []
  for (const [n, { gapMs, key }] of all.entries()) {
    await h.clock.advance(gapMs)
    await h.engine.flushAdmissions()
    at.push(h.clock.now())
    ids.push(await h.start({ key, n }))
  }
  for (let n = 0; n < 100; n++) {
    await h.clock.advance(1000)
    await h.engine.flushAdmissions()
  }
  return { ids, at }
}

describe('concurrency', () => {
  it('has never more runs of a key under way than its limit, and carries out all', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 3 }), async (all, limit) => {
        const underWay: Record<string, number> = { a: 0, b: 0 }
        let most = 0
        const steps = [call('begin', { trigger: '{{ trigger }}', by: 1 }), { id: 'rest', type: 'wait', for: '2s' }]
        const h = createHarness([...steps, call('end', { trigger: '{{ trigger }}', by: -1 })], {
          policies: { concurrency: { key: '{{ trigger.key }}', limit } },
          behaviour: ({ input }) => {
            // What the steps above give to the action.
            const { trigger, by } = input as { trigger: { key: string }; by: number }
            underWay[trigger.key] = (underWay[trigger.key] ?? 0) + by
            most = Math.max(most, underWay[trigger.key] ?? 0)
            return null
          },
        })
        const { ids } = await serve(h, all)
        const ended = await Promise.all(ids.map((id) => h.read(id)))
        expect(most).toBeLessThanOrEqual(limit)
        expect(ended.map(({ status }) => status)).toEqual(all.map(() => 'succeeded'))
      }),
      RUNS,
    )
  })
})

describe('throttle', () => {
  it('begins no more runs in any period than its rate, in the order of arrival, and all of them', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 4 }), async (all, limit) => {
        const begun: { readonly n: number; readonly at: number }[] = []
        const clock = createVirtualClock()
        const h = createHarness([call('begin', { n: '{{ trigger.n }}' })], {
          clock,
          policies: { throttle: { limit, period: '2s' } },
          behaviour: ({ input }) => {
            begun.push({ n: Number((input as JsonObject)['n']), at: clock.now() })
            return null
          },
        })
        await serve(h, all)
        expect(begun.map(({ n }) => n)).toEqual(all.map((_, n) => n))
        for (const { at: end } of begun) {
          expect(begun.filter(({ at }) => at > end - 2000 && at <= end).length).toBeLessThanOrEqual(limit)
        }
      }),
      RUNS,
    )
  })
})

describe('debounce', () => {
  it('starts exactly one run for each burst, with its last trigger', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (all) => {
        const h = createHarness([{ id: 'gave', type: 'set', values: { n: '{{ trigger.n }}' } }], {
          policies: { debounce: { key: '{{ trigger.key }}', period: '500ms', timeout: '1200ms' } },
        })
        const { ids, at } = await serve(h, all)
        const runs = await readAll(h, new Set(ids))
        expect(runs.map(({ output }) => (output as JsonObject)['n'])).toEqual(lastOfBursts(all, at))
      }),
      RUNS,
    )
  })
})

/** What a reading of the definition expects: bursts end when nothing came for 500 ms, or after 1200 ms. */
function lastOfBursts(all: readonly Arrival[], at: readonly number[]): number[] {
  const bursts: { readonly key: string; readonly firstAt: number; dueAt: number; last: number }[] = []
  const open = new Map<string, (typeof bursts)[number]>()
  for (const [n, { key }] of all.entries()) {
    const now = at[n] ?? 0
    const current = open.get(key)
    if (current !== undefined && now < current.dueAt) {
      current.last = n
      current.dueAt = Math.min(now + 500, current.firstAt + 1200)
    } else {
      const burst = { key, firstAt: now, dueAt: now + 500, last: n }
      bursts.push(burst)
      open.set(key, burst)
    }
  }
  return bursts.map(({ last }) => last)
}

describe('batchEvents', () => {
  it('puts each acknowledged trigger into exactly one run, whatever fails on the way', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.array(fc.boolean(), { minLength: 5, maxLength: 60 }), async (all, faults) => {
        const clock = createVirtualClock()
        const h = createHarness([], {
          clock,
          admissions: failing(clock, faults),
          policies: { batchEvents: { key: '{{ trigger.key }}', maxSize: 3, timeout: '2s' } },
        })
        const acknowledged: { readonly id: RunId; readonly n: number }[] = []
        for (const [n, { gapMs, key }] of all.entries()) {
          await h.clock.advance(gapMs)
          await h.engine.flushAdmissions().catch(() => 0)
          await h.start({ key, n }).then(
            (id) => acknowledged.push({ id, n }),
            () => undefined,
          )
        }
        for (let n = 0; n < 40; n++) {
          await h.clock.advance(10_000)
          await h.engine.flushAdmissions().catch(() => 0)
        }
        const runs = await readAll(h, new Set(acknowledged.map(({ id }) => id)))
        const items = runs.map(({ runId, trigger }) => ({ runId, items: itemsOf(trigger) }))
        for (const { items: own } of items) {
          expect(own.length).toBeLessThanOrEqual(3)
          expect(new Set(own.map(({ key }) => key)).size).toBe(1)
        }
        const carried = items.flatMap(({ runId, items: own }) => own.map(({ n }) => ({ id: runId, n })))
        expect(carried.sort((x, y) => x.n - y.n)).toEqual(acknowledged)
      }),
      RUNS,
    )
  })
})

interface Item {
  readonly key: string
  readonly n: number
}

function itemsOf(trigger: JsonValue): readonly Item[] {
  // The runs of these tests have the triggers that were given above.
  return (trigger as unknown as { items: readonly Item[] }).items
}

function readAll(h: Harness, ids: ReadonlySet<RunId>) {
  return Promise.all([...ids].map((id) => h.read(id)))
}

/** A store whose answers get lost, and whose connection may be away before it does anything. */
function failing(clock: VirtualClock, faults: readonly boolean[]): AdmissionStore {
  const store = createMemoryAdmissionStore({ clock })
  const left = [...faults]
  const maybe = (): void => {
    if (left.shift() === true) throw new Error('the connection was cut')
  }
  const afterwards = async <T>(work: Promise<T>): Promise<T> => {
    const answer = await work
    maybe()
    return answer
  }
  return {
    take: (claim) => store.take(claim),
    gather: async (trigger) => {
      maybe()
      return store.gather(trigger)
    },
    due: (options) => afterwards(store.due(options)),
    done: (runIds) => afterwards(store.done(runIds)),
  }
}
