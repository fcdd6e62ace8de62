import {
  claimOne,
  equal,
  fenced,
  isNamed,
  type JournalScenario,
  LEASE_MS,
  newRun,
  pathsOf,
  started,
  step,
  whatHappened,
} from './journal-world.js'

const ERROR = { kind: 'rejected' as const, title: 'no', retryable: false }

/** How ended runs are taken up again, and how those are found that should be. */
export const reopenScenarios: readonly JournalScenario[] = [
  {
    name: 'a failed run is pending again, without the steps to forget, which its history keeps',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      const owner = await claimOne(journal, run.runId, 'b')
      if (owner === undefined) throw new Error('an expired run could not be claimed')
      await journal.requestCancel(run, run.runId)
      const steps = [step('a'), step('b', { status: 'failed', error: ERROR }), step('b', { iteration: '1' })]
      await journal.finish(owner, steps, { status: 'failed', output: 1, error: ERROR })
      const { outcome, due } = await journal.reopen(run, run.runId, [
        { stepPath: 'b', iteration: '0' },
        { stepPath: 'never', iteration: '0' },
      ])
      equal([outcome, isNamed(due, run.runId)], ['reopened', true], 'reopen')
      const read = await journal.readRun(run, run.runId)
      equal(
        [read?.status, read?.output, read?.error, read?.finishedAt],
        ['pending', undefined, undefined, undefined],
        'the run',
      )
      const last = (await journal.readSteps(run, run.runId)).map(({ stepPath, iteration }) => [stepPath, iteration])
      equal(
        last,
        [
          ['a', '0'],
          ['b', '1'],
        ],
        'steps',
      )
      await fenced(journal.append(owner, [step('zombie')]), 'append by the former owner')
      await fenced(journal.append(lease, [step('zombie')]), 'append by the one before')
      const claimed = await claimOne(journal, run.runId)
      equal([claimed?.recoveries, claimed?.cancelRequested], [0, false], 'the claim')
      equal(
        claimed?.steps.map(({ stepPath, iteration, status }) => `${stepPath} ${iteration} ${status}`),
        ['a 0 succeeded', 'b 0 failed', 'b 1 succeeded', 'b 0 forgotten'],
        'the steps of the claim',
      )
    },
  },
  {
    name: 'a forgotten step counts again once it is recorded again, and can be forgotten again',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.finish(lease, [step('a', { output: 1 })], { status: 'failed', error: ERROR })
      await journal.reopen(run, run.runId, [{ stepPath: 'a', iteration: '0' }])
      const again = await claimOne(journal, run.runId)
      if (again === undefined) throw new Error('a reopened run could not be claimed')
      await journal.finish(again, [step('a', { output: 2 })], { status: 'failed', error: ERROR })
      equal((await journal.readSteps(run, run.runId))[0]?.output, 2, 'the output')
      await journal.reopen(run, run.runId, [{ stepPath: 'a', iteration: '0' }])
      equal(await pathsOf(journal, run), [], 'steps')
    },
  },
  {
    name: 'only failed and cancelled runs are reopened, in their own scope',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      equal((await journal.reopen(run, run.runId, [])).outcome, 'not_ended', 'while running')
      await journal.finish(lease, [], { status: 'succeeded' })
      equal((await journal.reopen(run, run.runId, [])).outcome, 'not_ended', 'after success')
      const cancelled = newRun()
      await journal.create(cancelled)
      await journal.requestCancel(cancelled, cancelled.runId)
      const { tenantId, customerId } = newRun()
      for (const scope of [{ tenantId }, { tenantId: cancelled.tenantId, customerId }]) {
        equal(await journal.reopen(scope, cancelled.runId, []), { outcome: 'not_found', due: [] }, 'elsewhere')
      }
      equal((await journal.reopen(cancelled, cancelled.runId, [])).outcome, 'reopened', 'cancelled')
      equal((await claimOne(journal, cancelled.runId))?.trigger, cancelled.trigger, 'the claim')
    },
  },
  {
    name: 'a reopened run is asked for once, however many ask at once',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.finish(lease, [step('a')], { status: 'failed', error: ERROR })
      const forget = [{ stepPath: 'a', iteration: '0' }]
      const answers = await Promise.all([1, 2, 3].map(() => journal.reopen(run, run.runId, forget)))
      equal(answers.map(({ outcome }) => outcome).sort(), ['not_ended', 'not_ended', 'reopened'], 'outcomes')
      const redriven = (await whatHappened(journal, run)).filter(
        (what) => what === 'redriven' || what === 'a forgotten',
      )
      equal(redriven.sort(), ['a forgotten', 'redriven'], 'history')
    },
  },
  {
    name: 'runs whose workers kept dying are on the dead-letter list of their scope, latest first, until they are reopened',
    check: async ({ journal }) => {
      const { tenantId, customerId } = newRun()
      const dead = await Promise.all([1, 2, 3].map(() => started(journal, { tenantId, customerId })))
      const alive = await started(journal, { tenantId, customerId })
      for (const { lease } of dead) await journal.finish(lease, [], { status: 'failed', error: ERROR, isDead: true })
      await journal.finish(alive.lease, [], { status: 'failed', error: ERROR })
      const ids = dead.map(({ run }) => run.runId).sort((a, b) => (a < b ? 1 : -1))
      const [first, second, third] = ids
      if (first === undefined || second === undefined) throw new Error('no ids')
      const page = await journal.deadRuns({ tenantId }, { limit: 2 })
      equal(
        page.map(({ runId, isDead, error }) => [runId, isDead, error]),
        [first, second].map((id) => [id, true, ERROR]),
        'the first page',
      )
      const rest = await journal.deadRuns({ tenantId, customerId }, { limit: 5, before: second })
      equal(
        rest.map(({ runId }) => runId),
        [third],
        'the next page',
      )
      equal(await journal.deadRuns({ tenantId, customerId: newRun().customerId }, { limit: 5 }), [], 'elsewhere')
      await journal.reopen({ tenantId }, first, [])
      equal((await journal.deadRuns({ tenantId }, { limit: 5 })).length, 2, 'after the first was reopened')
      equal((await journal.readRun({ tenantId }, first))?.isDead, false, 'the reopened run')
    },
  },
]
