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
  step,
} from './journal-world.js'

/** How an operator holds runs and lets them go on. */
export const suspendScenarios: readonly JournalScenario[] = [
  {
    name: 'a run that nobody executes is suspended at once, and goes on when it is resumed',
    check: async ({ journal, pass }) => {
      const pending = newRun()
      await journal.create(pending)
      const parked = await started(journal)
      await journal.park(parked.lease, [], { status: 'waiting', wakeAt: parked.lease.claimedAt + 50 })
      await pass(100)
      for (const run of [pending, parked.run]) {
        equal(await journal.requestSuspend(run, run.runId), 'suspended', 'suspend')
        equal(await statusOf(journal, run), 'suspended', 'status')
        equal(await claimOne(journal, run.runId), undefined, 'a claim while suspended')
        equal(await journal.requestSuspend(run, run.runId), 'already_suspended', 'a second request')
      }
      await pass(5200)
      const due = await journal.due(1000)
      for (const run of [pending, parked.run]) {
        equal(isNamed(due, run.runId), false, 'due while suspended')
        const resumed = await journal.resume(run, run.runId)
        equal([resumed.outcome, isNamed(resumed.due, run.runId)], ['resumed', true], 'resume')
        equal((await claimOne(journal, run.runId))?.suspendRequested, false, 'the claim')
      }
    },
  },
  {
    name: 'the owner of a run is asked to stop, and the run rests until it is resumed, with what is recorded',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      equal(await journal.requestSuspend(run, run.runId), 'requested', 'suspend')
      const wishes = { cancelRequested: false, suspendRequested: true }
      equal(await journal.append(lease, [step('a')]), wishes, 'append')
      equal((await journal.renew([lease], LEASE_MS))[0], { held: true, ...wishes }, 'renew')
      const { isDueNow } = await journal.park(lease, [step('b')], { status: 'suspended' })
      equal([isDueNow, await statusOf(journal, run)], [false, 'suspended'], 'the rest')
      await fenced(journal.append(lease, [step('c')]), 'append after the rest')
      equal(await claimOne(journal, run.runId), undefined, 'a claim while suspended')
      equal((await journal.resume(run, run.runId)).outcome, 'resumed', 'resume')
      const claimed = await claimOne(journal, run.runId)
      equal(
        [claimed?.suspendRequested, claimed?.recoveries, claimed?.steps.map(({ stepPath }) => stepPath)],
        [false, 0, ['a', 'b']],
        'the claim',
      )
    },
  },
  {
    name: 'a request to suspend is taken back by resuming',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      equal(await journal.requestSuspend(run, run.runId), 'requested', 'suspend')
      equal(await journal.resume(run, run.runId), { outcome: 'resumed', due: [] }, 'resume')
      equal((await journal.append(lease, [])).suspendRequested, false, 'the wish')
      equal(await journal.resume(run, run.runId), { outcome: 'not_suspended', due: [] }, 'a second time')
    },
  },
  {
    name: 'a request to suspend that the owner did not hear of holds when it parks',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      equal(await journal.requestSuspend(run, run.runId), 'requested', 'suspend')
      await journal.park(lease, [], { status: 'waiting', wakeAt: lease.claimedAt })
      equal(await statusOf(journal, run), 'suspended', 'status')
      equal(await claimOne(journal, run.runId), undefined, 'a claim')
    },
  },
  {
    name: 'a run whose owner has died is suspended at once, and its zombie is refused',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      equal(await journal.requestSuspend(run, run.runId), 'suspended', 'suspend')
      await fenced(journal.append(lease, [step('zombie')]), 'append by the zombie')
      equal((await journal.renew([lease], LEASE_MS))[0]?.held, false, 'renew by the zombie')
      equal((await journal.resume(run, run.runId)).outcome, 'resumed', 'resume')
      equal((await claimOne(journal, run.runId, 'b'))?.steps, [], 'the claim')
    },
  },
  {
    name: 'runs are suspended and resumed by their own tenant and customer alone, and not when they have ended',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const { tenantId, customerId } = newRun()
      for (const scope of [{ tenantId }, { tenantId: run.tenantId, customerId }]) {
        equal(await journal.requestSuspend(scope, run.runId), 'not_found', 'suspend elsewhere')
        equal((await journal.resume(scope, run.runId)).outcome, 'not_found', 'resume elsewhere')
      }
      equal(await journal.requestSuspend(run, newRunId()), 'not_found', 'no run')
      await journal.finish(lease, [], { status: 'succeeded' })
      equal(await journal.requestSuspend(run, run.runId), 'already_ended', 'suspend after the end')
      equal((await journal.resume(run, run.runId)).outcome, 'not_suspended', 'resume after the end')
    },
  },
]
