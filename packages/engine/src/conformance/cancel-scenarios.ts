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
    name: 'a run that has not begun is cancelled at once',
    check: async ({ journal }) => {
      const pending = newRun()
      await journal.create(pending)
      equal(await journal.requestCancel(pending, pending.runId), { outcome: 'cancelled', due: [] }, 'cancel')
      equal(await claimOne(journal, pending.runId), undefined, 'a claim afterwards')
      const read = await journal.readRun(pending, pending.runId)
      equal([read?.status, typeof read?.finishedAt, read?.wakeAt], ['cancelled', 'number', undefined], 'the run')
      equal((await journal.requestCancel(pending, pending.runId)).outcome, 'already_ended', 'a second cancel')
    },
  },
  {
    name: 'a run that is executed is asked to end, and ends by its owner',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      equal(await journal.requestCancel(run, run.runId), { outcome: 'requested', due: [] }, 'cancel')
      equal((await journal.append(lease, [])).cancelRequested, true, 'the wish')
      equal((await journal.requestCancel(run, run.runId)).outcome, 'requested', 'a second cancel')
      await journal.finish(lease, [], { status: 'cancelled' })
      equal((await journal.requestCancel(run, run.runId)).outcome, 'already_ended', 'cancel after the end')
      equal(await statusOf(journal, run), 'cancelled', 'status')
    },
  },
  {
    name: 'a parked, a suspended and a released run are executed once more to undo what they did',
    check: async ({ journal }) => {
      const parked = await started(journal)
      await journal.park(parked.lease, [], { status: 'waiting', wakeAt: parked.lease.claimedAt + 3_600_000 })
      const suspended = await started(journal)
      await journal.park(suspended.lease, [], { status: 'suspended' })
      const released = await started(journal)
      await journal.release([released.lease])
      for (const { run } of [parked, suspended, released]) {
        const { outcome, due } = await journal.requestCancel(run, run.runId)
        equal([outcome, due.map(({ runId }) => runId)], ['requested', [run.runId]], 'cancel')
        const claimed = await claimOne(journal, run.runId)
        equal([claimed?.cancelRequested, claimed?.recoveries], [true, 0], 'the claim')
        if (claimed !== undefined) await journal.finish(claimed, [], { status: 'cancelled' })
        equal(await statusOf(journal, run), 'cancelled', 'status')
      }
    },
  },
  {
    name: 'a run whose owner has died is taken over to end, and its zombie is refused',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      const { outcome, due } = await journal.requestCancel(run, run.runId)
      equal([outcome, isNamed(due, run.runId)], ['requested', true], 'cancel')
      const claimed = await claimOne(journal, run.runId, 'b')
      equal([claimed?.cancelRequested, claimed?.recoveries], [true, 1], 'the claim')
      await fenced(journal.finish(lease, [], { status: 'succeeded' }), 'finish by the zombie')
    },
  },
  {
    name: 'a run that is asked to end while it is about to park does not rest',
    check: async ({ journal }) => {
      for (const status of ['waiting', 'suspended'] as const) {
        const { run, lease } = await started(journal)
        equal((await journal.requestCancel(run, run.runId)).outcome, 'requested', 'cancel')
        const { isDueNow } = await journal.park(lease, [], { status, wakeAt: lease.claimedAt + 3_600_000 })
        equal(isDueNow, true, 'due now')
        const claimed = await claimOne(journal, run.runId)
        equal([claimed?.cancelRequested, claimed?.epoch], [true, 2], 'the claim')
      }
    },
  },
  {
    name: 'a run is cancelled by its own tenant and customer alone',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const { tenantId, customerId } = newRun()
      const elsewhere = [{ tenantId }, { tenantId: run.tenantId, customerId }]
      for (const scope of elsewhere) {
        equal(await journal.requestCancel(scope, run.runId), { outcome: 'not_found', due: [] }, 'cancel elsewhere')
      }
      equal((await journal.requestCancel(run, newRunId())).outcome, 'not_found', 'no run')
      equal((await journal.append(lease, [])).cancelRequested, false, 'the wish')
      equal(await journal.readSteps({ tenantId }, run.runId), [], 'steps for another tenant')
    },
  },
]
