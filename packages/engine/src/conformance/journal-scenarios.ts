import { isInlayError } from '../contracts/errors.js'
import { type CustomerId, newId, type RunId, type TenantId, type VersionId, type WorkflowId } from '../contracts/ids.js'
import type { StepRecord } from '../contracts/run.js'
import type { ClaimedRun, Journal, NewRun } from '../ports/journal.js'

/** What a journal must promise, as a scenario to run on it. `check` throws when a promise is broken. */
export interface JournalScenario {
  readonly name: string
  check(world: JournalWorld): Promise<void>
}

/** A journal under test, and time that the test can let pass on it. */
export interface JournalWorld {
  readonly journal: Journal
  /** Resolves when the journal's clock has gone on by at least `ms`. */
  pass(ms: number): Promise<void>
}

const LEASE_MS = 400

/** A run of a tenant of its own, so that scenarios can share one database. */
function newRun(more: Partial<NewRun> = {}): NewRun {
  const now = Date.now()
  return {
    runId: newId<RunId>('run', now),
    tenantId: newId<TenantId>('ten', now),
    customerId: newId<CustomerId>('cus', now),
    workflowId: newId<WorkflowId>('wf', now),
    versionId: newId<VersionId>('ver', now),
    mode: 'live',
    trigger: { text: 'Grüße 🎉', nested: [1, null, { a: true }] },
    ...more,
  }
}

function step(stepPath: string, more: Partial<StepRecord> = {}): StepRecord {
  return {
    stepPath,
    iteration: '0',
    type: 'set',
    status: 'succeeded',
    attempt: 1,
    startedAt: 1000,
    finishedAt: 2000,
    ...more,
  }
}

async function claimOne(journal: Journal, runId: RunId, owner = 'a'): Promise<ClaimedRun | undefined> {
  const [claimed] = await journal.claim({ runIds: [runId], owner, leaseMs: LEASE_MS })
  return claimed
}

async function started(journal: Journal, more: Partial<NewRun> = {}): Promise<{ run: NewRun; lease: ClaimedRun }> {
  const run = newRun(more)
  await journal.create(run)
  const lease = await claimOne(journal, run.runId)
  if (lease === undefined) throw new Error('a new run could not be claimed')
  return { run, lease }
}

function equal(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [canonical(actual), canonical(expected)]
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`)
}

/** JSON with sorted fields and without undefined ones. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, child: unknown) =>
      typeof child === 'object' && child !== null && !Array.isArray(child)
        ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
        : child,
    ) ?? 'undefined'
  )
}

async function fenced(write: Promise<unknown>, what: string): Promise<void> {
  const error = await write.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isInlayError(error) || error.code !== 'run.fenced') throw new Error(`${what} was not refused: ${String(error)}`)
}

/** Every promise of the `Journal` port. An adapter that passes all of them can carry the engine. */
export const journalScenarios: readonly JournalScenario[] = [
  {
    name: 'a created run is pending and readable in its scope, and in no other',
    check: async ({ journal }) => {
      const run = newRun()
      const { runId, created } = await journal.create(run)
      equal([runId, created], [run.runId, true], 'create')
      const read = await journal.readRun(run, run.runId)
      equal([read?.status, read?.trigger, read?.mode], ['pending', run.trigger, 'live'], 'the run')
      const { tenantId, customerId } = newRun()
      equal(await journal.readRun({ tenantId }, run.runId), undefined, 'for another tenant')
      equal(await journal.readRun({ tenantId: run.tenantId, customerId }, run.runId), undefined, 'for another customer')
      equal(await journal.requestCancel({ tenantId }, run.runId), 'not_found', 'cancel by another tenant')
    },
  },
  {
    name: 'the same key starts one run, however many ask at once',
    check: async ({ journal }) => {
      const first = newRun({ deduplicationKey: 'k' })
      const runs = Array.from({ length: 50 }, () => ({ ...first, runId: newId<RunId>('run', Date.now()) }))
      const answers = await Promise.all(runs.map((run) => journal.create(run)))
      equal(new Set(answers.map(({ runId }) => runId)).size, 1, 'distinct runs')
      equal(answers.filter(({ created }) => created).length, 1, 'created')
      const other = await journal.create({
        ...first,
        runId: newId<RunId>('run', Date.now()),
        workflowId: newRun().workflowId,
      })
      equal(other.created, true, 'the same key in another workflow')
    },
  },
  {
    name: 'a run can begin claimed by its creator, and is taken over when that one dies',
    check: async ({ journal, pass }) => {
      const run = newRun()
      const { createdAt } = await journal.create(run, { owner: 'a', leaseMs: LEASE_MS })
      equal((await journal.readRun(run, run.runId))?.status, 'running', 'status')
      equal(await claimOne(journal, run.runId, 'b'), undefined, 'a claim while the creator lives')
      const lease = { ...run, epoch: 1 }
      await journal.append(lease, [step('a', { startedAt: createdAt })])
      await pass(LEASE_MS + 50)
      const taken = await claimOne(journal, run.runId, 'b')
      equal(
        [taken?.epoch, taken?.recoveries, taken?.steps.length, taken?.trigger],
        [2, 1, 1, run.trigger],
        'the takeover',
      )
      await fenced(journal.finish(lease, [], { status: 'succeeded' }), 'finish by the creator')
    },
  },
  {
    name: 'of many claims one gets the run, with its trigger',
    check: async ({ journal }) => {
      const run = newRun()
      await journal.create(run)
      const claims = await Promise.all(Array.from({ length: 20 }, (_, i) => claimOne(journal, run.runId, `w${i}`)))
      const won = claims.filter((claim) => claim !== undefined)
      equal(won.length, 1, 'claims that got the run')
      equal([won[0]?.epoch, won[0]?.trigger, won[0]?.steps, won[0]?.recoveries], [1, run.trigger, [], 0], 'the claim')
      equal(await claimOne(journal, newId<RunId>('run', 0)), undefined, 'a claim on nothing')
    },
  },
  {
    name: 'steps are recorded under a lease; later records of a step replace earlier ones',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.append(lease, [
        step('a', { status: 'running' }),
        step('a', { input: { n: 1 }, output: [1, 'x'] }),
        step('b/c', { iteration: '1.2', startedAt: 500 }),
      ])
      await journal.append(lease, [step('a', { output: { v: null }, attempt: 2 })])
      const steps = await journal.readSteps(run, run.runId)
      equal(
        steps.map(({ stepPath, iteration, attempt }) => [stepPath, iteration, attempt]),
        [
          ['b/c', '1.2', 1],
          ['a', '0', 2],
        ],
        'steps in order',
      )
      equal(steps[1]?.output, { v: null }, 'the output')
    },
  },
  {
    name: 'an expired lease is taken over with what is recorded, and its crash is counted',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await journal.append(lease, [step('a', { output: 1 })])
      equal(await claimOne(journal, run.runId, 'b'), undefined, 'a claim while the owner lives')
      await pass(LEASE_MS + 50)
      const taken = await claimOne(journal, run.runId, 'b')
      equal(
        [taken?.epoch, taken?.recoveries, taken?.steps.map(({ stepPath, output }) => [stepPath, output])],
        [2, 1, [['a', 1]]],
        'the takeover',
      )
    },
  },
  {
    name: 'a zombie can write nothing, and leaves no trace',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      await claimOne(journal, run.runId, 'b')
      const steps = [step('zombie')]
      await fenced(journal.append(lease, steps), 'append')
      await fenced(journal.respond(lease, steps, { status: 200, headers: {}, body: null }), 'respond')
      await fenced(journal.finish(lease, steps, { status: 'succeeded' }), 'finish')
      await fenced(journal.park(lease, steps, Date.now()), 'park')
      equal((await journal.renew([lease], LEASE_MS))[0]?.held, false, 'renew')
      equal(await journal.readSteps(run, run.runId), [], 'steps')
      equal((await journal.readRun(run, run.runId))?.status, 'running', 'status')
    },
  },
  {
    name: 'of writes that share a commit, refused ones do not harm the others',
    check: async ({ journal, pass }) => {
      const stale = await started(journal)
      await pass(LEASE_MS + 50)
      await claimOne(journal, stale.run.runId, 'b')
      const fresh = await Promise.all(Array.from({ length: 5 }, () => started(journal)))
      const writes = [stale, ...fresh].map(({ lease }) => journal.append(lease, [step('a')]))
      const outcomes = await Promise.allSettled(writes)
      equal(
        outcomes.map(({ status }) => status === 'fulfilled'),
        [false, true, true, true, true, true],
        'outcomes',
      )
    },
  },
  {
    name: 'a run ends once, with its last steps',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const error = { kind: 'rejected' as const, title: 'no', retryable: false }
      await journal.finish(lease, [step('a')], { status: 'failed', output: { x: 1 }, error })
      const read = await journal.readRun(run, run.runId)
      equal(
        [read?.status, read?.output, read?.error, typeof read?.finishedAt],
        ['failed', { x: 1 }, error, 'number'],
        'the end',
      )
      equal((await journal.readSteps(run, run.runId)).length, 1, 'steps')
      await fenced(journal.finish(lease, [], { status: 'succeeded' }), 'a second end')
      equal(await claimOne(journal, run.runId), undefined, 'a claim on an ended run')
      equal(await journal.requestCancel(run, run.runId), 'already_ended', 'cancel')
    },
  },
  {
    name: 'a parked run rests until its time, and is then due once',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      const wakeAt = lease.claimedAt + 300
      await journal.park(lease, [step('w', { status: 'waiting', wakeAt })], wakeAt)
      equal((await journal.readRun(run, run.runId))?.status, 'waiting', 'status')
      equal(await claimOne(journal, run.runId), undefined, 'a claim before the time')
      equal(isNamed(await journal.due(10_000), run.runId), false, 'due before the time')
      await pass(400)
      equal(isNamed(await journal.due(10_000), run.runId), true, 'due at the time')
      equal(isNamed(await journal.due(10_000), run.runId), false, 'due again at once')
      const woken = await claimOne(journal, run.runId)
      equal([woken?.epoch, woken?.recoveries, woken?.steps[0]?.status], [2, 0, 'waiting'], 'the claim')
    },
  },
  {
    name: 'a run whose owner died is due when its lease has expired, with a higher dispatch number each time',
    check: async ({ journal, pass }) => {
      const { run } = await started(journal)
      equal(isNamed(await journal.due(10_000), run.runId), false, 'due while the owner lives')
      await pass(LEASE_MS + 50)
      const named = (await journal.due(10_000)).find(({ runId }) => runId === run.runId)
      equal(named?.dispatchSeq, 1, 'dispatch number')
    },
  },
  {
    name: 'renewed leases stay, and learn of a wish to cancel',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      for (let i = 0; i < 3; i++) {
        await pass(LEASE_MS / 2)
        equal((await journal.renew([lease], LEASE_MS))[0], { held: true, cancelRequested: false }, 'renew')
      }
      equal(await journal.requestCancel(run, run.runId), 'requested', 'cancel')
      equal((await journal.renew([lease], LEASE_MS))[0], { held: true, cancelRequested: true }, 'renew after cancel')
      equal((await journal.append(lease, [step('a')])).cancelRequested, true, 'append after cancel')
      await journal.finish(lease, [], { status: 'cancelled' })
    },
  },
  {
    name: 'a released run can be claimed at once, and counts no crash',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.release([lease])
      await fenced(journal.append(lease, [step('a')]), 'append after release')
      equal((await claimOne(journal, run.runId, 'b'))?.recoveries, 0, 'recoveries')
    },
  },
  {
    name: 'a run that nobody executes is cancelled at once',
    check: async ({ journal, pass }) => {
      const pending = newRun()
      await journal.create(pending)
      equal(await journal.requestCancel(pending, pending.runId), 'cancelled', 'pending')
      equal(await claimOne(journal, pending.runId), undefined, 'a claim afterwards')
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      equal(await journal.requestCancel(run, run.runId), 'cancelled', 'with an expired lease')
      await fenced(journal.finish(lease, [], { status: 'succeeded' }), 'finish by the zombie')
    },
  },
  {
    name: 'the first answer to an HTTP caller stands',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.respond(lease, [step('r')], { status: 201, headers: { 'x-a': 'b' }, body: { ok: true } })
      await journal.respond(lease, [], { status: 500, headers: {}, body: null })
      const read = await journal.readRun(run, run.runId)
      equal(
        [read?.status, read?.response],
        ['running', { status: 201, headers: { 'x-a': 'b' }, body: { ok: true } }],
        'the answer',
      )
    },
  },
  {
    name: 'large and odd payloads come back as they went in',
    check: async ({ journal }) => {
      const trigger = { big: 'x'.repeat(900_000), quote: '\'"\\{}\n\t', empty: '', key: { 'a.b/c': [[]] } }
      const { run, lease } = await started(journal, { trigger })
      equal(lease.trigger, trigger, 'the trigger')
      await journal.finish(lease, [step('a', { output: trigger })], { status: 'succeeded', output: trigger })
      equal((await journal.readRun(run, run.runId))?.output, trigger, 'the output')
      equal((await journal.readSteps(run, run.runId))[0]?.output, trigger, 'the step')
    },
  },
]

function isNamed(due: readonly { runId: RunId }[], runId: RunId): boolean {
  return due.some((named) => named.runId === runId)
}
