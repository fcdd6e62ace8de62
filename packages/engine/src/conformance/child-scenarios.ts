import type { Journal, NewRun } from '../ports/journal.js'
import { claimOne, equal, isNamed, type JournalScenario, newRun, openStep, started, statusOf } from './journal-world.js'

const ADDRESS = { stepPath: 'c', iteration: '0' }
const ERROR = { kind: 'rejected' as const, title: 'no', retryable: false }

function childOf(parent: NewRun): NewRun {
  const { tenantId, customerId, runId } = parent
  return newRun({ tenantId, customerId, parent: { runId, ...ADDRESS } })
}

async function answersOf(journal: Journal, run: NewRun): Promise<unknown> {
  return (await claimOne(journal, run.runId))?.answers
}

/** How runs learn of the ends of those they called. */
export const childScenarios: readonly JournalScenario[] = [
  {
    name: 'a parent that waits for its child is told how that ended',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const child = childOf(run)
      await journal.create(child)
      equal((await journal.readRun(child, child.runId))?.parent, child.parent, 'the parent')
      const wait = { kind: 'child' as const, runId: child.runId }
      equal(
        (await journal.park(lease, [openStep('c', { wait })], { status: 'waiting' })).isDueNow,
        false,
        'due before the end',
      )
      const owner = await claimOne(journal, child.runId)
      if (owner === undefined) throw new Error('a child could not be claimed')
      const output = { text: 'ü \u0000', nothing: null }
      const due = await journal.finish(owner, [], { status: 'failed', output, error: ERROR })
      equal(
        due.map(({ runId }) => runId),
        [run.runId],
        'due',
      )
      const answer = { runId: child.runId, status: 'failed', output, error: ERROR }
      equal(await answersOf(journal, run), [{ ...ADDRESS, answer }], 'answers')
    },
  },
  {
    name: 'a child that ended before its parent waits is found',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const child = childOf(run)
      await journal.create(child)
      const owner = await claimOne(journal, child.runId)
      if (owner === undefined) throw new Error('a child could not be claimed')
      equal(await journal.finish(owner, [], { status: 'succeeded', output: null }), [], 'due')
      const wait = { kind: 'child' as const, runId: child.runId }
      const { isDueNow } = await journal.park(lease, [openStep('c', { wait })], { status: 'waiting' })
      equal(isDueNow, true, 'due now')
      const answer = { runId: child.runId, status: 'succeeded', output: null }
      equal(await answersOf(journal, run), [{ ...ADDRESS, answer }], 'answers')
    },
  },
  {
    name: 'a child that is cancelled before it begins tells its parent',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const child = childOf(run)
      await journal.create(child)
      const wait = { kind: 'child' as const, runId: child.runId }
      await journal.park(lease, [openStep('c', { wait })], { status: 'waiting' })
      const { outcome, due } = await journal.requestCancel(child, child.runId)
      equal([outcome, isNamed(due, run.runId)], ['cancelled', true], 'cancel')
      equal(
        await answersOf(journal, run),
        [{ ...ADDRESS, answer: { runId: child.runId, status: 'cancelled' } }],
        'answers',
      )
    },
  },
  {
    name: 'children and parents that end and wait at the same moment do not miss each other',
    check: async ({ journal }) => {
      const families = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const parent = await started(journal)
          const child = childOf(parent.run)
          await journal.create(child)
          const owner = await claimOne(journal, child.runId)
          if (owner === undefined) throw new Error('a child could not be claimed')
          return { parent, child, owner }
        }),
      )
      await Promise.all(
        families.flatMap(({ parent, child, owner }): Promise<unknown>[] => {
          const wait = { kind: 'child' as const, runId: child.runId }
          const park = journal.park(parent.lease, [openStep('c', { wait })], { status: 'waiting' })
          return [park, journal.finish(owner, [], { status: 'succeeded', output: 1 })]
        }),
      )
      for (const { parent, child } of families) {
        const answer = { runId: child.runId, status: 'succeeded', output: 1 }
        equal(await answersOf(journal, parent.run), [{ ...ADDRESS, answer }], 'answers')
      }
    },
  },
  {
    name: 'a child whose parent has ended ends by itself',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const child = childOf(run)
      await journal.create(child)
      await journal.append(lease, [openStep('c', { wait: { kind: 'child', runId: child.runId } })])
      await journal.finish(lease, [], { status: 'failed' })
      const owner = await claimOne(journal, child.runId)
      if (owner === undefined) throw new Error('a child could not be claimed')
      equal(await journal.finish(owner, [], { status: 'succeeded' }), [], 'due')
      equal([await statusOf(journal, child), await statusOf(journal, run)], ['succeeded', 'failed'], 'statuses')
    },
  },
]
