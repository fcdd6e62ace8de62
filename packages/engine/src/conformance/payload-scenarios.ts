import { claimOne, equal, type JournalScenario, LEASE_MS, recordOf, started, step } from './journal-world.js'

/** What was recorded is what is read. */
export const payloadScenarios: readonly JournalScenario[] = [
  {
    name: 'large and odd payloads come back as they went in',
    check: async ({ journal }) => {
      const trigger = { big: 'x'.repeat(900_000), quote: '\'"\\{}\n\t', empty: '', key: { 'a.b/c': [[]] } }
      const { run, lease } = await started(journal, { trigger })
      equal(lease.trigger, trigger, 'the trigger')
      await journal.finish(lease, [step('a', { output: trigger })], { status: 'succeeded', output: trigger })
      equal((await journal.readRun(run, run.runId))?.output, trigger, 'the output')
      equal((await journal.readSteps(run, run.runId))[0]?.output, trigger, 'the step')
    },
  },
  {
    name: 'texts that are no proper Unicode come back as they went in',
    check: async ({ journal }) => {
      const trigger = {
        nul: 'a\u0000b',
        high: '\ud83d',
        low: '\udc00',
        escaped: '\\u0000 \\ud83d',
        separators: '\u001e\u001f',
      }
      const { run, lease } = await started(journal, { trigger })
      equal(lease.trigger, trigger, 'the trigger')
      const error = { kind: 'rejected' as const, title: 'a\u0000b', retryable: false, data: trigger }
      await journal.append(lease, [step('a', { input: trigger, output: trigger, error })])
      await journal.respond(lease, [], { status: 200, headers: {}, body: trigger })
      await journal.finish(lease, [], { status: 'failed', output: trigger, error })
      const read = await journal.readRun(run, run.runId)
      equal([read?.output, read?.error, read?.response?.body], [trigger, error, trigger], 'the run')
      equal(
        await journal.readSteps(run, run.runId),
        [recordOf(step('a', { input: trigger, output: trigger, error }))],
        'the step',
      )
    },
  },
  {
    name: 'a recorded null is told from nothing, also by the next owner',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal, { trigger: null })
      await journal.append(lease, [step('a', { input: null, output: null }), step('b')])
      await pass(LEASE_MS + 50)
      const taken = await claimOne(journal, run.runId, 'b')
      const steps = [...(taken?.steps ?? [])].sort((x, y) => (x.stepPath < y.stepPath ? -1 : 1))
      equal(steps, [step('a', { input: null, output: null }), step('b')].map(recordOf), 'the takeover')
      equal(taken?.trigger, null, 'the trigger')
      if (taken !== undefined) await journal.finish(taken, [], { status: 'succeeded', output: null })
      equal((await journal.readRun(run, run.runId))?.output, null, 'the output')
    },
  },
  {
    name: 'steps are read in the order they started, those of one moment by their address',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const records = [
        step('size/tell', { startedAt: 20 }),
        step('size', { startedAt: 20 }),
        step('each/x', { startedAt: 30, iteration: '1' }),
        step('each/x', { startedAt: 30, iteration: '0' }),
        step('z', { startedAt: 10 }),
      ]
      await journal.append(lease, records)
      const read = await journal.readSteps(run, run.runId)
      equal(
        read.map(({ stepPath, iteration }) => `${stepPath} ${iteration}`),
        ['z 0', 'size 0', 'size/tell 0', 'each/x 0', 'each/x 1'],
        'order',
      )
    },
  },
]
