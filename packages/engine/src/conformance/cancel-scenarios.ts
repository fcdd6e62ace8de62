import {
  claimOne,
  equal,
  fenced,
  isNamed,
  type JournalScenario,
  LEASE_MS,
  newRun,
  newRunId,
  started,
  statusOf,
} from './journal-world.js'

/** How runs end against their will. */
export const cancelScenarios: readonly JournalScenario[] = [
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
    name: 'a parked run and a released run are cancelled at once, an ended one not at all',
    check: async ({ journal }) => {
      const parked = await started(journal)
      await journal.park(parked.lease, [], parked.lease.claimedAt + 3_600_000)
      const released = await started(journal)
      await journal.release([released.lease])
      for (const { run } of [parked, released]) {
        equal(await journal.requestCancel(run, run.runId), 'cancelled', 'cancel')
        const read = await journal.readRun(run, run.runId)
        equal([read?.status, typeof read?.finishedAt, read?.wakeAt], ['cancelled', 'number', undefined], 'the run')
        equal(await claimOne(journal, run.runId), undefined, 'a claim afterwards')
        equal(await journal.requestCancel(run, run.runId), 'already_ended', 'a second cancel')
      }
      const ended = await started(journal)
      await journal.finish(ended.lease, [], { status: 'succeeded' })
      equal(await journal.requestCancel(ended.run, ended.run.runId), 'already_ended', 'cancel after the end')
      equal(await statusOf(journal, ended.run), 'succeeded', 'status')
    },
  },
  {
    name: 'a run that is asked to end while it is about to park does not rest',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      equal(await journal.requestCancel(run, run.runId), 'requested', 'cancel')
      await journal.park(lease, [], lease.claimedAt + 3_600_000)
      equal(isNamed(await journal.due(1000), run.runId), true, 'due')
      const claimed = await claimOne(journal, run.runId)
      equal([claimed?.cancelRequested, claimed?.epoch], [true, 2], 'the claim')
    },
  },
  {
    name: 'a run is cancelled by its own tenant and customer alone',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const { tenantId, customerId } = newRun()
      equal(await journal.requestCancel({ tenantId }, run.runId), 'not_found', 'another tenant')
      equal(
        await journal.requestCancel({ tenantId: run.tenantId, customerId }, run.runId),
        'not_found',
        'another customer',
      )
      equal(await journal.requestCancel(run, newRunId()), 'not_found', 'no run')
      equal((await journal.append(lease, [])).cancelRequested, false, 'the wish')
      equal(await journal.readSteps({ tenantId }, run.runId), [], 'steps for another tenant')
    },
  },
]
