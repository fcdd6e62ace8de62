import {
  claimOne,
  equal,
  fenced,
  type JournalScenario,
  LEASE_MS,
  newRun,
  pathsOf,
  recordOf,
  started,
  statusOf,
  step,
} from './journal-world.js'

/** What an owner records, and nobody else can. */
export const writeScenarios: readonly JournalScenario[] = [
  {
    name: 'steps are recorded under a lease; of several records of a step the last counts',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.append(lease, [
        step('a', { status: 'running' }),
        step('a', { input: { n: 1 }, output: [1, 'x'] }),
        step('b/c', { iteration: '1.2', startedAt: 500 }),
      ])
      await journal.append(lease, [step('a', { output: { v: null }, attempt: 2 })])
      const steps = await journal.readSteps(run, run.runId)
      equal(
        steps.map(({ stepPath, iteration, attempt }) => [stepPath, iteration, attempt]),
        [
          ['b/c', '1.2', 1],
          ['a', '0', 2],
        ],
        'steps in order',
      )
      equal(steps[1]?.output, { v: null }, 'the output')
    },
  },
  {
    name: 'the last record of a step counts wholly',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const error = { kind: 'timeout' as const, title: 'slow', retryable: true }
      const { finishedAt: _, ...open } = step('a', { status: 'retrying', input: { n: 1 }, error, wakeAt: 3000 })
      await journal.append(lease, [open])
      const last = step('a', { type: 'action', attempt: 2, startedAt: 1500 })
      await journal.append(lease, [last])
      equal(await journal.readSteps(run, run.runId), [recordOf(last)], 'the record')
    },
  },
  {
    name: 'writes of one run that are asked for at once take effect in order, beside those of other runs',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const other = await started(journal)
      const appends = ['a', 'b', 'c'].map((path, n) =>
        journal.append(lease, [step(path), step('last', { attempt: n + 1 })]),
      )
      const respond = journal.respond(lease, [], { status: 200, headers: {}, body: null })
      const finish = journal.finish(lease, [step('d')], { status: 'succeeded', output: 1 })
      const late = fenced(journal.append(lease, [step('late')]), 'append after the end')
      await Promise.all([...appends, respond, finish, late, journal.append(other.lease, [step('x')])])
      equal(await pathsOf(journal, run), ['a', 'b', 'c', 'd', 'last'], 'steps')
      equal((await journal.readSteps(run, run.runId)).at(-1)?.attempt, 3, 'the last record')
      equal(await statusOf(journal, run), 'succeeded', 'status')
      equal(await pathsOf(journal, other.run), ['x'], 'steps of the other run')
    },
  },
  {
    name: 'a zombie can write nothing, and leaves no trace',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      await claimOne(journal, run.runId, 'b')
      const steps = [step('zombie')]
      await fenced(journal.append(lease, steps), 'append')
      await fenced(journal.respond(lease, steps, { status: 200, headers: {}, body: null }), 'respond')
      await fenced(journal.finish(lease, steps, { status: 'succeeded' }), 'finish')
      await fenced(journal.park(lease, steps, { status: 'waiting', wakeAt: Date.now() }), 'park')
      equal((await journal.renew([lease], LEASE_MS))[0]?.held, false, 'renew')
      equal(await journal.readSteps(run, run.runId), [], 'steps')
      equal((await journal.readRun(run, run.runId))?.status, 'running', 'status')
      equal((await journal.readRun(run, run.runId))?.response, undefined, 'response')
    },
  },
  {
    name: 'a zombie is refused also when it writes at the same moment as the new owner',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      await pass(LEASE_MS + 50)
      const fresh = await claimOne(journal, run.runId, 'b')
      if (fresh === undefined) throw new Error('an expired run could not be claimed')
      await Promise.all([
        journal.append(fresh, [step('fresh')]),
        fenced(journal.append(lease, [step('zombie')]), 'append'),
        fenced(journal.finish(lease, [step('zombie')], { status: 'failed' }), 'finish'),
        journal.append(fresh, [step('later')]),
      ])
      equal(await pathsOf(journal, run), ['fresh', 'later'], 'steps')
      equal(await statusOf(journal, run), 'running', 'status')
    },
  },
  {
    name: 'a lease in the name of another tenant or customer is refused',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const { tenantId, customerId } = newRun()
      await fenced(journal.append({ ...lease, tenantId }, [step('a')]), 'append for another tenant')
      await fenced(journal.append({ ...lease, customerId }, [step('a')]), 'append for another customer')
      equal(await pathsOf(journal, run), [], 'steps')
    },
  },
  {
    name: 'of writes that share a commit, refused ones do not harm the others',
    check: async ({ journal, pass }) => {
      const stale = await started(journal)
      await pass(LEASE_MS + 50)
      await claimOne(journal, stale.run.runId, 'b')
      const fresh = await Promise.all(Array.from({ length: 5 }, () => started(journal)))
      const writes = [stale, ...fresh].map(({ lease }) => journal.append(lease, [step('a')]))
      const outcomes = await Promise.allSettled(writes)
      equal(
        outcomes.map(({ status }) => status === 'fulfilled'),
        [false, true, true, true, true, true],
        'outcomes',
      )
    },
  },
  {
    name: 'a write that cannot be stored harms no other',
    check: async ({ journal }) => {
      const runs = await Promise.all(Array.from({ length: 9 }, () => started(journal)))
      const circular: { self?: unknown } = {}
      circular.self = circular
      // What no journal could keep; a journal in memory may take it all the same.
      const odd = [1n, circular, () => 1].map((output) => step('odd', { output: output as never }))
      odd.push(step('a\u001fb'), step('long'.repeat(50_000)), step('odd', { startedAt: Number.NaN }))
      const writes = runs.map(({ lease }, n) => journal.append(lease, [odd[n] ?? step('good')]))
      const outcomes = await Promise.allSettled(writes)
      equal(
        outcomes.slice(odd.length).map(({ status }) => status),
        ['fulfilled', 'fulfilled', 'fulfilled'],
        'outcomes',
      )
      for (const { run } of runs.slice(odd.length)) equal(await pathsOf(journal, run), ['good'], 'steps')
    },
  },
  {
    name: 'a run ends once, with its last steps',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const error = { kind: 'rejected' as const, title: 'no', retryable: false }
      await journal.finish(lease, [step('a')], { status: 'failed', output: { x: 1 }, error })
      const read = await journal.readRun(run, run.runId)
      equal(
        [read?.status, read?.output, read?.error, typeof read?.finishedAt],
        ['failed', { x: 1 }, error, 'number'],
        'the end',
      )
      equal((await journal.readSteps(run, run.runId)).length, 1, 'steps')
      await fenced(journal.finish(lease, [], { status: 'succeeded' }), 'a second end')
      equal(await claimOne(journal, run.runId), undefined, 'a claim on an ended run')
      equal((await journal.requestCancel(run, run.runId)).outcome, 'already_ended', 'cancel')
    },
  },
  {
    name: 'the first answer to an HTTP caller stands',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.respond(lease, [step('r')], { status: 201, headers: { 'x-a': 'b' }, body: { ok: true } })
      await journal.respond(lease, [], { status: 500, headers: {}, body: null })
      const read = await journal.readRun(run, run.runId)
      equal(
        [read?.status, read?.response],
        ['running', { status: 201, headers: { 'x-a': 'b' }, body: { ok: true } }],
        'the answer',
      )
    },
  },
]
