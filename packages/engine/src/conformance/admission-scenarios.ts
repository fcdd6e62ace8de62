import type { CustomerId, RunId } from '../contracts/ids.js'
import type { AdmissionStore, GatheredRun, GatherPolicy, RateClaim, TriggerToGather } from '../ports/admission-store.js'
import { equal, newRun } from './journal-world.js'

/** What a scenario works with. */
export interface AdmissionWorld {
  readonly store: AdmissionStore
  /** Lets this much time pass for the store. */
  pass(ms: number): Promise<void>
}

/** One rule that every admission store keeps. */
export interface AdmissionScenario {
  readonly name: string
  /** Rejects with what is wrong. */
  check(world: AdmissionWorld): Promise<void>
}

const LAST: GatherPolicy = { kind: 'last', quietMs: 300, maxMs: 700 }
const ALL: GatherPolicy = { kind: 'all', maxItems: 3, maxBytes: 1000, maxMs: 300 }
/** Times of a real store lie some milliseconds after those asked for. */
const TOLERANCE_MS = 250

/** Every rule of the admission store; whatever test runner calls them, stores keep them all. */
export const admissionScenarios: readonly AdmissionScenario[] = [
  {
    name: 'a rate admits up to its limit at once and says when the next start is free',
    check: async ({ store }) => {
      const claim = newClaim({ onExcess: 'refuse' })
      const answers = await Promise.all(Array.from({ length: 10 }, () => store.take(claim)))
      equal(answers.filter(({ isTaken }) => isTaken).length, claim.limit, 'taken')
      const refused = answers.filter(({ isTaken }) => !isTaken)
      equal(refused.filter(({ delayMs }) => isNear(delayMs, claim.periodMs)).length, 7, 'delays of a period')
      equal((await store.take({ ...claim, tenantId: newRun().tenantId })).isTaken, true, 'another tenant')
      equal((await store.take({ ...claim, key: 'other' })).isTaken, true, 'another key')
    },
  },
  {
    name: 'a rate that queues gives each start the next free moment, in order',
    check: async ({ store }) => {
      const claim = newClaim({ onExcess: 'queue' })
      const delays: number[] = []
      for (let index = 0; index < 7; index++) delays.push((await store.take(claim)).delayMs)
      const periods = delays.map((delay) => Math.round(delay / claim.periodMs))
      equal(periods, [0, 0, 0, 1, 1, 1, 2], `delays ${delays.join(', ')} in periods`)
    },
  },
  {
    name: 'a rate is free again after its period',
    check: async ({ store, pass }) => {
      const claim = newClaim({ onExcess: 'refuse', limit: 1, periodMs: 200 })
      equal((await store.take(claim)).isTaken, true, 'the first')
      equal((await store.take(claim)).isTaken, false, 'the second')
      await pass(claim.periodMs + 20)
      equal((await store.take(claim)).isTaken, true, 'after the period')
    },
  },
  {
    name: 'of a burst the last trigger is kept, until nothing came for a while',
    check: async ({ store, pass }) => {
      const first = newTrigger(LAST, 'a')
      const { runId } = await store.gather(first)
      equal(runId, first.run.runId, 'the id of the run to be')
      await pass(200)
      const second = await store.gather(sameBuffer(first, 'b'))
      equal([second.runId, second.created, second.isFull], [runId, true, false], 'the second trigger')
      await pass(200)
      equal(await dueOf(store, first), [], 'due while triggers come')
      await pass(150)
      equal(await dueOf(store, first), [{ run: first.run, kind: 'last', triggers: ['b'] }], 'due')
    },
  },
  {
    name: 'a burst without end starts a run at the latest after the time-out',
    check: async ({ store, pass }) => {
      const first = newTrigger(LAST, 0)
      await store.gather(first)
      for (let index = 1; index <= 3; index++) {
        await pass(200)
        await store.gather(sameBuffer(first, index))
      }
      await pass(150)
      equal((await dueOf(store, first))[0]?.triggers, [3], 'due')
    },
  },
  {
    name: 'a batch is full at its size, and later triggers go into the next',
    check: async ({ store, pass }) => {
      const first = newTrigger(ALL, 0)
      const rest = [1, 2, 3].map((value) => sameBuffer(first, value))
      const answers = [await store.gather(first)]
      for (const trigger of rest) answers.push(await store.gather(trigger))
      equal(
        answers.map(({ isFull }) => isFull),
        [false, false, true, false],
        'full',
      )
      equal(new Set(answers.slice(0, 3).map(({ runId }) => runId)).size, 1, 'runs of the first batch')
      const due = await store.due({ limit: 10, runId: first.run.runId })
      equal(
        due.map(({ triggers }) => triggers),
        [[0, 1, 2]],
        'the full batch',
      )
      equal(await dueOf(store, first), [], 'while the batch is being started')
      await store.done([first.run.runId])
      await pass(320)
      equal(
        (await dueOf(store, first)).map(({ triggers }) => triggers),
        [[3]],
        'the next batch',
      )
    },
  },
  {
    name: 'a batch holds no more bytes than it may, and a trigger larger than that is alone',
    check: async ({ store, pass }) => {
      const first = newTrigger({ ...ALL, maxItems: 10 }, 'a', { bytes: 600 })
      await store.gather(first)
      await store.gather(sameBuffer(first, 'b', { bytes: 500 }))
      await store.gather(sameBuffer(first, 'c', { bytes: 5000 }))
      await pass(320)
      const due = await dueOf(store, first)
      equal(due.map(({ triggers }) => triggers).sort(), [['a'], ['b'], ['c']], 'batches')
    },
  },
  {
    name: 'triggers that come at once are all kept, each in one batch',
    check: async ({ store, pass }) => {
      const first = newTrigger({ ...ALL, maxItems: 7, maxBytes: 1e6 }, 0)
      const triggers = [first, ...Array.from({ length: 99 }, (_, index) => sameBuffer(first, index + 1))]
      await Promise.all(triggers.map((trigger) => store.gather(trigger)))
      await pass(320)
      const due = await dueOf(store, first)
      const kept = due.flatMap((gathered) => gathered.triggers).sort((a, b) => Number(a) - Number(b))
      equal(
        kept,
        triggers.map(({ trigger }) => trigger),
        'what is kept',
      )
      equal(
        due.every((gathered) => gathered.triggers.length <= 7),
        true,
        'sizes',
      )
    },
  },
  {
    name: 'a deduplication key counts once, also after the run has started',
    check: async ({ store, pass }) => {
      const first = newTrigger(ALL, 'a', { deduplicationKey: 'k' })
      await store.gather(first)
      const again = { ...sameBuffer(first, 'b'), deduplicationKey: 'k' }
      const answers = await Promise.all([store.gather(again), store.gather(sameBuffer(again, 'c'))])
      equal(
        answers.map(({ runId, created }) => [runId, created]),
        [1, 2].map(() => [first.run.runId, false]),
        'answers',
      )
      await pass(320)
      equal(
        (await dueOf(store, first)).map(({ triggers }) => triggers),
        [['a']],
        'what is kept',
      )
      await store.done([first.run.runId])
      const late = await store.gather({ ...sameBuffer(first, 'd'), deduplicationKey: 'k' })
      equal([late.runId, late.created], [first.run.runId, false], 'after the start')
    },
  },
  {
    name: 'customers, workflows and keys do not share a buffer',
    check: async ({ store, pass }) => {
      const first = newTrigger(ALL, 'a')
      const otherCustomer = sameBuffer(first, 'b', {
        run: { ...first.run, customerId: `${first.run.customerId}x` as CustomerId },
      })
      const others = [otherCustomer, { ...sameBuffer(first, 'c'), key: 'other' }, newTrigger(ALL, 'd')]
      for (const trigger of [first, ...others]) await store.gather(trigger)
      await pass(320)
      equal((await dueOf(store, first)).map(({ triggers }) => triggers).sort(), [['a'], ['b'], ['c']], 'buffers')
    },
  },
  {
    name: 'the version that was triggered last is the one to run',
    check: async ({ store, pass }) => {
      const first = newTrigger(ALL, 'a')
      const newer = newRun().versionId
      await store.gather(first)
      await store.gather(sameBuffer(first, 'b', { run: { ...first.run, versionId: newer } }))
      await pass(320)
      equal(
        (await dueOf(store, first)).map(({ run }) => run.versionId),
        [newer],
        'versions',
      )
    },
  },
]

function newClaim(more: Partial<RateClaim>): RateClaim {
  return { tenantId: newRun().tenantId, key: 'k', limit: 3, periodMs: 5000, onExcess: 'queue', ...more }
}

function newTrigger(
  policy: GatherPolicy,
  trigger: string | number,
  more: Partial<TriggerToGather> = {},
): TriggerToGather {
  const { runId, tenantId, customerId, workflowId, versionId, mode } = newRun()
  const run = { runId, tenantId, customerId, workflowId, versionId, mode }
  return { run, key: 'k', trigger, bytes: 10, policy, ...more }
}

function sameBuffer(
  first: TriggerToGather,
  trigger: string | number,
  more: Partial<TriggerToGather> = {},
): TriggerToGather {
  const { runId } = newRun()
  return { ...first, trigger, ...more, run: { ...first.run, ...more.run, runId } }
}

/** Buffers of the tenant; a store that is shared may hold others. */
async function dueOf(store: AdmissionStore, { run }: TriggerToGather): Promise<readonly GatheredRun[]> {
  const due = await store.due({ limit: 1000 })
  const idOf = (gathered: GatheredRun): RunId => gathered.run.runId
  return due.filter(({ run: { tenantId } }) => tenantId === run.tenantId).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
}

function isNear(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) < TOLERANCE_MS
}
