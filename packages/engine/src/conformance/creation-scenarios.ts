import {
  claimOne,
  equal,
  fenced,
  type JournalScenario,
  LEASE_MS,
  newRun,
  newRunId,
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
]
