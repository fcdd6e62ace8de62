import type { ClaimedRun, Journal, NewRun, RunSlot } from '../ports/journal.js'
import { claimOne, equal, isNamed, type JournalScenario, LEASE_MS, newRun, refused, statusOf } from './journal-world.js'

/** Runs of one tenant that share a slot. */
function sharing(slot: Partial<RunSlot>): (more?: Partial<NewRun>) => NewRun {
  const { tenantId } = newRun()
  return (more = {}) =>
    newRun({ tenantId, slot: { key: 'wf/customer', limit: 1, onConflict: 'queue', ...slot }, ...more })
}

async function claimed(journal: Journal, run: NewRun): Promise<ClaimedRun> {
  const lease = await claimOne(journal, run.runId)
  if (lease === undefined) throw new Error('an admitted run could not be claimed')
  return lease
}

/** How runs share a bounded number of places. */
export const slotScenarios: readonly JournalScenario[] = [
  {
    name: 'runs beyond the limit queue, and begin in their order as places become free',
    check: async ({ journal }) => {
      const make = sharing({ limit: 2 })
      const [a, b, c, d] = [make(), make(), make(), make()]
      const admissions: string[] = []
      for (const run of [a, b, c, d]) admissions.push((await journal.create(run)).admission)
      equal(admissions, ['admitted', 'admitted', 'queued', 'queued'], 'admissions')
      equal([await statusOf(journal, c), await claimOne(journal, c.runId)], ['pending', undefined], 'a queued run')
      const leases = [await claimed(journal, a), await claimed(journal, b)]
      const [first, second] = leases
      if (first === undefined || second === undefined) throw new Error('no leases')
      await journal.park(first, [], { status: 'waiting', wakeAt: first.claimedAt })
      equal(await claimOne(journal, c.runId), undefined, 'a claim while the holder waits')
      const due = await journal.finish(second, [], { status: 'failed' })
      equal(
        due.map(({ runId }) => runId),
        [c.runId],
        'due',
      )
      equal(await claimOne(journal, d.runId), undefined, 'a claim on the last')
      await journal.finish(await claimed(journal, c), [], { status: 'succeeded' })
      equal((await claimOne(journal, d.runId))?.trigger, d.trigger, 'the last')
    },
  },
  {
    name: 'however many ask at once, no more than the limit are admitted',
    check: async ({ journal }) => {
      const make = sharing({ limit: 3 })
      const runs = Array.from({ length: 20 }, () => make())
      const created = await Promise.all(runs.map((run) => journal.create(run, { owner: 'a', leaseMs: LEASE_MS * 10 })))
      equal(created.filter(({ admission }) => admission === 'admitted').length, 3, 'admitted')
      const statuses = await Promise.all(runs.map((run) => statusOf(journal, run)))
      equal(statuses.filter((status) => status === 'running').length, 3, 'running')
      const elsewhere = newRun({ ...runs[0], runId: newRun().runId, tenantId: newRun().tenantId })
      equal((await journal.create(elsewhere)).admission, 'admitted', 'the same key of another tenant')
    },
  },
  {
    name: 'a queued run that is cancelled or suspended is passed over',
    check: async ({ journal }) => {
      const make = sharing({})
      const [a, b, c, d] = [make(), make(), make(), make()]
      for (const run of [a, b, c, d]) await journal.create(run)
      equal(await journal.requestCancel(b, b.runId), { outcome: 'cancelled', due: [] }, 'cancel')
      equal(await journal.requestSuspend(c, c.runId), 'suspended', 'suspend')
      const due = await journal.finish(await claimed(journal, a), [], { status: 'succeeded' })
      equal(
        due.map(({ runId }) => runId),
        [d.runId],
        'due',
      )
      equal((await journal.resume(c, c.runId)).due, [], 'due when resumed while the place is taken')
      equal(await claimOne(journal, c.runId), undefined, 'a claim on the resumed')
      await journal.finish(await claimed(journal, d), [], { status: 'succeeded' })
      equal((await claimOne(journal, c.runId))?.epoch, 1, 'the resumed')
    },
  },
  {
    name: 'a holder that is cancelled before it begins gives its place on',
    check: async ({ journal }) => {
      const make = sharing({})
      const [a, b] = [make(), make()]
      for (const run of [a, b]) await journal.create(run)
      const { outcome, due } = await journal.requestCancel(a, a.runId)
      equal([outcome, isNamed(due, b.runId)], ['cancelled', true], 'cancel')
      equal((await claimOne(journal, b.runId))?.epoch, 1, 'the next')
    },
  },
  {
    name: 'a run that is one too many is skipped, with the reason',
    check: async ({ journal }) => {
      const make = sharing({ onConflict: 'skip' })
      const [a, b, c] = [make(), make(), make()]
      await journal.create(a)
      const { created, admission } = await journal.create(b, { owner: 'a', leaseMs: LEASE_MS })
      equal([created, admission], [true, 'skipped'], 'create')
      const read = await journal.readRun(b, b.runId)
      equal([read?.status, read?.error?.kind, read?.startedAt], ['cancelled', 'limit', undefined], 'the skipped run')
      equal(await claimOne(journal, b.runId), undefined, 'a claim')
      await journal.finish(await claimed(journal, a), [], { status: 'succeeded' })
      equal((await journal.create(c)).admission, 'admitted', 'once the place is free')
    },
  },
  {
    name: 'the oldest holder is asked to cancel in favour of a new run, which takes its place',
    check: async ({ journal }) => {
      const make = sharing({ limit: 2, onConflict: 'cancelOldest' })
      const [a, b, c] = [make(), make(), make()]
      await journal.create(a)
      const first = await claimed(journal, a)
      await journal.park(first, [], { status: 'waiting', wakeAt: first.claimedAt + 3_600_000 })
      await journal.create(b)
      await claimed(journal, b)
      const { admission, cancelled } = await journal.create(c)
      equal([admission, cancelled.map(({ runId }) => runId)], ['queued', [a.runId]], 'create')
      const undoing = await claimed(journal, a)
      equal([undoing.cancelRequested, await claimOne(journal, c.runId)], [true, undefined], 'while it undoes')
      const due = await journal.finish(undoing, [], { status: 'cancelled' })
      equal(isNamed(due, c.runId), true, 'due')
      equal((await claimOne(journal, c.runId))?.epoch, 1, 'the new run')
    },
  },
  {
    name: 'a run that exists, or whose key was seen, takes no second place',
    check: async ({ journal }) => {
      const make = sharing({ limit: 2 })
      const a = make({ deduplicationKey: 'k' })
      equal((await journal.create(a)).created, true, 'the first')
      equal((await journal.create(a)).created, false, 'the same run')
      const twin = { ...a, runId: newRun().runId }
      const { created, runId } = await journal.create(twin)
      equal([created, runId], [false, a.runId], 'the same key')
      equal((await journal.create(make())).admission, 'admitted', 'the second place')
      equal((await journal.create(make())).admission, 'queued', 'the third')
    },
  },
  {
    name: 'a reopened run takes a place again, or queues for one',
    check: async ({ journal }) => {
      const make = sharing({})
      const [a, b] = [make(), make()]
      await journal.create(a)
      await journal.finish(await claimed(journal, a), [], { status: 'failed' })
      await journal.create(b)
      const { outcome, due } = await journal.reopen(a, a.runId, [])
      equal([outcome, due, await claimOne(journal, a.runId)], ['reopened', [], undefined], 'while the place is taken')
      const next = await journal.finish(await claimed(journal, b), [], { status: 'succeeded' })
      equal(isNamed(next, a.runId), true, 'due')
      await journal.finish(await claimed(journal, a), [], { status: 'failed' })
      equal((await journal.reopen(a, a.runId, [])).due.length, 1, 'while the place is free')
    },
  },
  {
    name: 'a slot that cannot be kept is refused, and starts nothing',
    check: async ({ journal }) => {
      const odd: Partial<RunSlot>[] = [{ key: '' }, { key: 'x'.repeat(256) }, { limit: 0 }, { limit: 1.5 }]
      for (const slot of odd) {
        const run = sharing(slot)()
        await refused(journal.create(run), 'journal.invalid_slot', `the slot ${JSON.stringify(slot)}`)
        equal(await statusOf(journal, run), undefined, 'the run')
      }
    },
  },
]
