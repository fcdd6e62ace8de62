import { newId, type RunId } from '../contracts/ids.js'
import {
  claimOne,
  equal,
  fenced,
  isNamed,
  type JournalScenario,
  LEASE_MS,
  newRun,
  openStep,
  started,
  statusOf,
  step,
} from './journal-world.js'

/** Who may execute a run, and when. */
export const claimScenarios: readonly JournalScenario[] = [
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
    name: 'many claims for many runs share them out, each with what is its own',
    check: async ({ journal }) => {
      const runs = Array.from({ length: 40 }, (_, n) => newRun({ trigger: { n } }))
      await Promise.all(runs.map((run) => journal.create(run)))
      const runIds = [...runs, ...runs.slice(0, 5)].map(({ runId }) => runId)
      const claims = await Promise.all(
        ['a', 'b', 'c', 'd'].map((owner) => journal.claim({ runIds, owner, leaseMs: LEASE_MS * 10 })),
      )
      const triggers = new Map(claims.flat().map(({ runId, trigger }) => [runId, trigger]))
      equal([claims.flat().length, triggers.size], [40, 40], 'claimed')
      equal(
        runs.map(({ runId }) => triggers.get(runId)),
        runs.map(({ trigger }) => trigger),
        'triggers',
      )
      equal(await journal.claim({ runIds: [], owner: 'a', leaseMs: LEASE_MS }), [], 'a claim for nothing')
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
    name: 'renewed leases stay, and learn of a wish to cancel',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      for (let i = 0; i < 3; i++) {
        await pass(LEASE_MS / 2)
        equal(
          (await journal.renew([lease], LEASE_MS))[0],
          { held: true, cancelRequested: false, suspendRequested: false },
          'renew',
        )
      }
      equal(await journal.requestCancel(run, run.runId), { outcome: 'requested', due: [] }, 'cancel')
      const wishes = { cancelRequested: true, suspendRequested: false }
      equal((await journal.renew([lease], LEASE_MS))[0], { held: true, ...wishes }, 'renew after cancel')
      equal((await journal.append(lease, [step('a')])).cancelRequested, true, 'append after cancel')
      await journal.finish(lease, [], { status: 'cancelled' })
    },
  },
  {
    name: 'of the leases a run had only the last can be renewed',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      const fresh = await claimOne(journal, run.runId, 'b')
      if (fresh === undefined) throw new Error('an expired run could not be claimed')
      const answers = await journal.renew([lease, fresh, lease, fresh], LEASE_MS * 10)
      equal(
        answers.map(({ held }) => held),
        [false, true, false, true],
        'held',
      )
      await journal.finish(fresh, [], { status: 'succeeded' })
      equal((await journal.renew([fresh], LEASE_MS))[0]?.held, false, 'held after the end')
      equal(await journal.renew([], LEASE_MS), [], 'no leases')
    },
  },
  {
    name: 'a released run can be claimed at once with what is recorded, and counts no crash',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.append(lease, [step('a')])
      await journal.release([lease, lease])
      await fenced(journal.append(lease, [step('b')]), 'append after release')
      equal(isNamed(await journal.due(1000), run.runId), true, 'due')
      const claimed = await claimOne(journal, run.runId, 'b')
      equal([claimed?.recoveries, claimed?.steps.map(({ stepPath }) => stepPath)], [0, ['a']], 'the claim')
      await journal.release([lease])
      equal((await journal.renew(claimed === undefined ? [] : [claimed], LEASE_MS))[0]?.held, true, 'the new lease')
    },
  },
  {
    name: 'a run that no worker took is due after some seconds, and not again at once',
    check: async ({ journal, pass }) => {
      const run = newRun()
      await journal.create(run)
      equal(isNamed(await journal.due(1000), run.runId), false, 'due at once')
      await pass(5200)
      equal(isNamed(await journal.due(1000), run.runId), true, 'due after five seconds')
      equal(isNamed(await journal.due(1000), run.runId), false, 'due again')
      equal(await statusOf(journal, run), 'pending', 'status')
    },
  },
  {
    name: 'a parked run rests until its time, and is then due once',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      const wakeAt = lease.claimedAt + 300
      const parked = await journal.park(lease, [openStep('w', { wakeAt })], { status: 'waiting', wakeAt })
      equal(parked.isDueNow, false, 'due now')
      equal((await journal.readRun(run, run.runId))?.status, 'waiting', 'status')
      equal(await claimOne(journal, run.runId), undefined, 'a claim before the time')
      equal(isNamed(await journal.due(1000), run.runId), false, 'due before the time')
      await pass(400)
      equal(isNamed(await journal.due(1000), run.runId), true, 'due at the time')
      equal(isNamed(await journal.due(1000), run.runId), false, 'due again at once')
      const woken = await claimOne(journal, run.runId)
      equal([woken?.epoch, woken?.recoveries, woken?.steps[0]?.status], [2, 0, 'waiting'], 'the claim')
    },
  },
  {
    name: 'a run whose owner died is due when its lease has expired, with a higher dispatch number each time',
    check: async ({ journal, pass }) => {
      const { run } = await started(journal)
      equal(isNamed(await journal.due(1000), run.runId), false, 'due while the owner lives')
      await pass(LEASE_MS + 50)
      const named = (await journal.due(1000)).find(({ runId }) => runId === run.runId)
      equal(named?.dispatchSeq, 1, 'dispatch number')
    },
  },
]
