import {
  claimOne,
  equal,
  fenced,
  type JournalScenario,
  LEASE_MS,
  newRun,
  openStep,
  started,
  step,
  whatHappened,
} from './journal-world.js'

const ERROR = { kind: 'timeout' as const, title: 'slow', retryable: true }

/** What happened can be read back. */
export const historyScenarios: readonly JournalScenario[] = [
  {
    name: 'the history of a run tells everything in order: every record of its steps, and every transition',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      const at = lease.claimedAt
      await journal.append(lease, [openStep('a', { type: 'action', status: 'running', at })])
      await journal.append(lease, [openStep('a', { type: 'action', status: 'retrying', error: ERROR, at })])
      await journal.park(lease, [step('a', { attempt: 2, at })], { status: 'waiting', wakeAt: at })
      const second = await claimOne(journal, run.runId)
      if (second === undefined) throw new Error('a due run could not be claimed')
      await journal.append(second, [step('b', { at: second.claimedAt })])
      await pass(LEASE_MS + 50)
      const third = await claimOne(journal, run.runId, 'b')
      if (third === undefined) throw new Error('an expired run could not be claimed')
      await journal.release([third])
      const fourth = await claimOne(journal, run.runId, 'b')
      if (fourth === undefined) throw new Error('a released run could not be claimed')
      await journal.requestCancel(run, run.runId)
      await journal.finish(fourth, [step('c', { at: fourth.claimedAt })], { status: 'cancelled' })
      await journal.reopen(run, run.runId, [{ stepPath: 'c', iteration: '0' }])
      const history = (await whatHappened(journal, run)).filter((what) => what !== 'claimed')
      const expected = [
        'created',
        'a running',
        'a retrying',
        'a succeeded',
        'waiting',
        'b succeeded',
        'recovered',
        'released',
        'cancel_requested',
        'c succeeded',
        'cancelled',
      ]
      const wishBeside = (list: readonly string[]): string[] => list.filter((what) => what !== 'cancel_requested')
      equal(wishBeside(history.slice(0, expected.length)), wishBeside(expected), 'the history')
      equal(history.includes('cancel_requested'), true, 'the wish')
      equal(history.slice(expected.length).sort(), ['c forgotten', 'redriven'], 'the end of the history')
      const entries = await journal.readHistory(run, run.runId)
      const retrying = entries.find(({ what }) => what === 'retrying')
      equal(retrying?.step, { stepPath: 'a', iteration: '0', type: 'action', attempt: 1 }, 'a step')
      equal(
        entries.every(({ at: moment }) => Number.isFinite(moment)),
        true,
        'moments',
      )
    },
  },
  {
    name: 'suspending, resuming and asking for it are in the history',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.requestSuspend(run, run.runId)
      await journal.park(lease, [], { status: 'suspended' })
      await journal.resume(run, run.runId)
      const claimed = await claimOne(journal, run.runId)
      if (claimed === undefined) throw new Error('a resumed run could not be claimed')
      await journal.finish(claimed, [], { status: 'failed', error: ERROR })
      const history = (await whatHappened(journal, run)).filter((what) => what !== 'claimed')
      equal(history, ['created', 'suspend_requested', 'suspended', 'resumed', 'failed'], 'the history')
    },
  },
  {
    name: 'a write that is repeated is recorded once',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const steps = [step('a', { output: 1 }), step('b')]
      await journal.append(lease, steps)
      await journal.append(lease, steps)
      await journal.append(lease, [...steps, step('c')])
      const history = (await whatHappened(journal, run)).filter((what) => what.includes(' '))
      equal(history, ['a succeeded', 'b succeeded', 'c succeeded'], 'the history')
    },
  },
  {
    name: 'the next owner gets every record, oldest first',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await journal.append(lease, [step('b', { status: 'failed' }), step('a')])
      await journal.append(lease, [step('b', { attempt: 2 })])
      await pass(LEASE_MS + 50)
      const second = await claimOne(journal, run.runId, 'b')
      if (second === undefined) throw new Error('an expired run could not be claimed')
      await journal.append(second, [step('a', { attempt: 2, startedAt: 1 })])
      await journal.park(second, [], { status: 'waiting', wakeAt: second.claimedAt })
      equal(
        (await claimOne(journal, run.runId))?.steps.map(({ stepPath, attempt }) => `${stepPath} ${attempt}`),
        ['b 1', 'a 1', 'b 2', 'a 2'],
        'steps',
      )
    },
  },
  {
    name: 'a zombie leaves no trace in the history, which its own scope alone can read',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      await claimOne(journal, run.runId, 'b')
      await fenced(journal.append(lease, [step('zombie')]), 'append')
      await fenced(journal.park(lease, [step('zombie')], { status: 'suspended' }), 'park')
      equal(
        (await whatHappened(journal, run)).filter((what) => what !== 'claimed'),
        ['created', 'recovered'],
        'history',
      )
      const { tenantId, customerId } = newRun()
      equal(await journal.readHistory({ tenantId }, run.runId), [], 'for another tenant')
      equal(await journal.readHistory({ tenantId: run.tenantId, customerId }, run.runId), [], 'for another customer')
    },
  },
]
