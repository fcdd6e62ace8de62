import {
  claimOne,
  equal,
  fenced,
  isNamed,
  type JournalScenario,
  LEASE_MS,
  newRun,
  newRunId,
  recordOf,
  refused,
  statusOf,
  step,
} from './journal-world.js'

/** How runs begin. */
export const creationScenarios: readonly JournalScenario[] = [
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
      equal((await journal.requestCancel({ tenantId }, run.runId)).outcome, 'not_found', 'cancel by another tenant')
    },
  },
  {
    name: 'the same key starts one run, however many ask at once',
    check: async ({ journal }) => {
      const first = newRun({ deduplicationKey: 'k' })
      const runs = Array.from({ length: 100 }, () => ({ ...first, runId: newRunId() }))
      const answers = await Promise.all(runs.map((run) => journal.create(run)))
      equal(new Set(answers.map(({ runId }) => runId)).size, 1, 'distinct runs')
      equal(answers.filter(({ created }) => created).length, 1, 'created')
      const createdAt = (await journal.readRun(first, answers[0]?.runId ?? first.runId))?.createdAt
      equal([...new Set(answers.map((answer) => answer.createdAt))], [createdAt], 'times')
      const other = { ...first, runId: newRunId(), workflowId: newRun().workflowId }
      equal((await journal.create(other)).created, true, 'the same key in another workflow')
      const stranger = newRun({ workflowId: first.workflowId, deduplicationKey: 'k' })
      equal((await journal.create(stranger)).created, true, 'the same key of another tenant')
    },
  },
  {
    name: 'a run is created once, and a second creator gets no lease on it',
    check: async ({ journal }) => {
      const run = newRun()
      const lease = { owner: 'a', leaseMs: LEASE_MS * 10 }
      const answers = await Promise.all([journal.create(run, lease), journal.create(run, lease), journal.create(run)])
      equal(answers.map(({ created }) => created).sort(), [false, false, true], 'created')
      equal(new Set(answers.map(({ runId }) => runId)).size, 1, 'ids')
      equal((await journal.create(run, lease)).created, false, 'created later')
    },
  },
  {
    name: 'a key that cannot be kept is refused, and starts nothing',
    check: async ({ journal }) => {
      for (const deduplicationKey of ['', 'x'.repeat(256), 'a\u0000b', 'a\u001fb']) {
        const run = newRun({ deduplicationKey })
        const code = 'journal.invalid_deduplication_key'
        await refused(journal.create(run), code, `the key ${JSON.stringify(deduplicationKey)}`)
        equal(await statusOf(journal, run), undefined, 'the run')
      }
      equal((await journal.create(newRun({ deduplicationKey: `{"\\,'ü🎉` }))).created, true, 'an odd key')
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
    name: 'a refused run is recorded as cancelled for its reason, and never begins',
    check: async ({ journal }) => {
      const why = { kind: 'rate_limited', title: 'Too many', retryable: false } as const
      const run = newRun({ deduplicationKey: 'r', refused: why, slot: { key: 's', limit: 1, onConflict: 'queue' } })
      const created = await journal.create(run, { owner: 'w', leaseMs: LEASE_MS })
      equal([created.created, created.admission, created.cancelled], [true, 'skipped', []], 'create')
      const read = await journal.readRun(run, run.runId)
      equal([read?.status, read?.error, read?.startedAt], ['cancelled', why, undefined], 'the run')
      equal(await journal.claim({ runIds: [run.runId], owner: 'w', leaseMs: LEASE_MS }), [], 'claims')
      const again = await journal.create({ ...run, runId: newRunId() })
      equal([again.created, again.runId], [false, run.runId], 'the same key again')
      const { admission } = await journal.create(
        newRun({ tenantId: run.tenantId, slot: { key: 's', limit: 1, onConflict: 'queue' } }),
      )
      equal(admission, 'admitted', 'the place that it did not take')
    },
  },
  {
    name: 'a delayed run does not begin before its time, and is then due',
    check: async ({ journal, pass }) => {
      const run = newRun({ delayMs: 300 })
      const { created, admission } = await journal.create(run, { owner: 'a', leaseMs: LEASE_MS })
      equal([created, admission], [true, 'delayed'], 'create')
      const read = await journal.readRun(run, run.runId)
      equal([read?.status, typeof read?.wakeAt], ['pending', 'number'], 'the run')
      equal(await claimOne(journal, run.runId), undefined, 'a claim before the time')
      equal(isNamed(await journal.due(1000), run.runId), false, 'due before the time')
      await pass(350)
      equal(isNamed(await journal.due(1000), run.runId), true, 'due at the time')
      equal((await claimOne(journal, run.runId))?.epoch, 1, 'the claim')
    },
  },
  {
    name: 'a fork begins with the steps it takes over, and names its origin',
    check: async ({ journal }) => {
      const origin = newRun().runId
      const steps = [step('a', { output: { n: null } }), step('b', { iteration: '1', startedAt: 500 })].map(recordOf)
      const run = newRun({ origin, steps })
      equal((await journal.create(run)).admission, 'admitted', 'create')
      equal((await journal.create(run)).created, false, 'a second time')
      equal((await journal.readRun(run, run.runId))?.origin, origin, 'the origin')
      equal(
        (await journal.readSteps(run, run.runId)).map(({ stepPath }) => stepPath),
        ['b', 'a'],
        'steps',
      )
      const lease = await claimOne(journal, run.runId)
      equal([lease?.trigger, lease?.steps], [run.trigger, steps], 'the claim')
      if (lease !== undefined) await journal.append(lease, [step('a', { attempt: 2 })])
      equal(
        (await journal.readSteps(run, run.runId)).map(({ stepPath, attempt }) => [stepPath, attempt]),
        [
          ['b', 1],
          ['a', 2],
        ],
        'steps later',
      )
    },
  },
  {
    name: 'runs of every kind that are created at once are all recorded',
    check: async ({ journal }) => {
      const runs = [
        newRun(),
        newRun({ priority: 10 }),
        newRun({ delayMs: 60_000 }),
        newRun({ origin: newRunId() }),
        newRun({ slot: { key: 'k', limit: 1, onConflict: 'queue' } }),
        newRun({ deduplicationKey: 'k', steps: [recordOf(step('a'))] }),
      ]
      const lease = { owner: 'a', leaseMs: LEASE_MS * 10 }
      const created = await Promise.all(runs.map((run) => journal.create(run, lease)))
      equal(
        created.map(({ admission }) => admission),
        ['admitted', 'admitted', 'delayed', 'admitted', 'admitted', 'admitted'],
        'admissions',
      )
      const statuses = await Promise.all(runs.map((run) => statusOf(journal, run)))
      equal(statuses, ['running', 'running', 'pending', 'running', 'running', 'running'], 'statuses')
    },
  },
]
