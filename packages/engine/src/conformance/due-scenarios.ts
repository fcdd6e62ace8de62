import { claimOne, equal, type JournalScenario, newEventOf, newRun, openStep, started } from './journal-world.js'

/** Whose turn it is. */
export const dueScenarios: readonly JournalScenario[] = [
  {
    name: 'a flood of one customer does not keep the runs of another waiting',
    check: async ({ journal, pass }) => {
      const flood = newRun()
      const quiet = newRun()
      const noisy = Array.from({ length: 300 }, () => newRun({ ...flood, runId: newRun().runId, delayMs: 1 }))
      await Promise.all(noisy.map((run) => journal.create(run)))
      await pass(20)
      const few = Array.from({ length: 3 }, () => newRun({ ...quiet, runId: newRun().runId, delayMs: 1 }))
      await Promise.all(few.map((run) => journal.create(run)))
      await pass(20)
      const named: string[] = []
      const isNamed = ({ runId }: { runId: string }): boolean => named.includes(runId)
      for (let round = 0; round < 50 && !few.every(isNamed); round++) {
        const due = await journal.due(10)
        equal(due.length <= 10, true, 'no more than asked for')
        named.push(...due.map(({ runId }) => runId))
      }
      equal(few.every(isNamed), true, 'the few')
      equal(noisy.filter(isNamed).length < 150, true, 'most of the flood comes later')
    },
  },
  {
    name: 'of runs that are due the more urgent come first',
    check: async ({ journal, pass }) => {
      const customer = newRun()
      const priorities = [-600, 0, 600, 5]
      const runs = priorities.map((priority) => newRun({ ...customer, runId: newRun().runId, priority, delayMs: 1 }))
      for (const run of runs) await journal.create(run)
      await pass(20)
      const due = (await journal.due(1000)).map(({ runId }) => runId)
      const order = runs.map(({ runId }) => due.indexOf(runId))
      equal(
        order.map((place) => [...order].sort((a, b) => a - b).indexOf(place)),
        [3, 2, 0, 1],
        'order',
      )
    },
  },
  {
    name: 'what is due is named with whose it is',
    check: async ({ journal, pass }) => {
      const run = newRun({ delayMs: 1 })
      await journal.create(run)
      await pass(20)
      const named = (await journal.due(1000)).find(({ runId }) => runId === run.runId)
      equal([named?.tenantId, named?.customerId, named?.dispatchSeq], [run.tenantId, run.customerId, 1], 'the run')
    },
  },
  {
    name: 'runs that wait for nothing but an answer are never due',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await journal.park(lease, [openStep('w', { wait: { kind: 'event', name: 'e', match: {} } })], {
        status: 'waiting',
      })
      await pass(5200)
      const due = await journal.due(1000)
      equal(
        due.some(({ runId }) => runId === run.runId),
        false,
        'due',
      )
      await journal.publish(newEventOf(run, 'e', 1))
      equal((await claimOne(journal, run.runId))?.answers.length, 1, 'answers')
    },
  },
]
