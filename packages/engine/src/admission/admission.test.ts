import { describe, expect, it } from 'vitest'
import { compileWorkflow } from '../compile/compile.js'
import type { RunId, VersionId, WorkflowId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import { createMemoryDefinitions } from '../memory/index.js'
import { ProgramCache } from '../run/program-cache.js'
import { createHarness, type Harness, SCOPE } from '../testing/harness.js'
import { Admission } from './admission.js'

const IDENTITY = { ...SCOPE, workflowId: 'wf_1' as WorkflowId, versionId: 'ver_1' as VersionId, mode: 'live' as const }

/** A step that takes ten seconds, and gives the run's trigger. */
const SLOW = [
  { id: 'hold', type: 'wait', for: '10s' },
  { id: 'gave', type: 'set', values: { trigger: '{{ trigger }}' } },
]

async function statuses(harness: Harness, ids: readonly RunId[]): Promise<string[]> {
  const runs = await Promise.all(ids.map((id) => harness.read(id)))
  return runs.map(({ status }) => status)
}

async function startAll(harness: Harness, triggers: readonly JsonValue[]): Promise<RunId[]> {
  const ids: RunId[] = []
  for (const trigger of triggers) ids.push(await harness.start(trigger))
  return ids
}

describe('concurrency', () => {
  it('lets runs of one key wait for their turn, and those of others pass', async () => {
    const h = createHarness(SLOW, { policies: { concurrency: { key: '{{ trigger.account }}', limit: 1 } } })
    const ids = await startAll(h, [{ account: 'a' }, { account: 'a' }, { account: 'b' }])
    await h.clock.advance(1000)
    expect(await statuses(h, ids)).toEqual(['waiting', 'pending', 'waiting'])
    await h.clock.advance(10_000)
    expect(await statuses(h, ids)).toEqual(['succeeded', 'waiting', 'succeeded'])
    await h.clock.advance(10_000)
    expect(await statuses(h, ids)).toEqual(['succeeded', 'succeeded', 'succeeded'])
  })

  it('skips what is one too many, and says so on the run', async () => {
    const h = createHarness(SLOW, { policies: { concurrency: { limit: 1, onConflict: 'skip' } } })
    await h.start()
    const skipped = await h.engine.start({ ...IDENTITY, trigger: {} })
    expect(skipped).toMatchObject({ created: true, admission: 'skipped' })
    expect(await h.read(skipped.runId)).toMatchObject({ status: 'cancelled', error: { kind: 'limit' } })
  })

  it('cancels the oldest in favour of the newest', async () => {
    const h = createHarness(SLOW, { policies: { concurrency: { limit: 1, onConflict: 'cancelOldest' } } })
    const ids = await startAll(h, [{}, {}])
    await h.clock.advance(1000)
    expect(await statuses(h, ids)).toEqual(['cancelled', 'waiting'])
  })

  it('counts runs that people start again, and no test runs', async () => {
    const h = createHarness(SLOW, { policies: { concurrency: { limit: 1 } } })
    const first = await h.start()
    const again = await h.engine.rerun(SCOPE, first)
    const test = await h.engine.start({ ...IDENTITY, mode: 'test', trigger: {} })
    expect([again.admission, test.admission]).toEqual(['queued', 'admitted'])
  })

  it('counts runs that others call', async () => {
    const h = createHarness([{ id: 'sub', type: 'call', workflow: 'wf_2' }], {
      workflows: { wf_2: SLOW },
      calledPolicies: { concurrency: { limit: 1 } },
    })
    const first = await h.run()
    const ids = [first.runId, await h.start()]
    await h.clock.advance(11_000)
    expect(await statuses(h, ids)).toEqual(['succeeded', 'waiting'])
    await h.clock.advance(10_000)
    expect(await statuses(h, ids)).toEqual(['succeeded', 'succeeded'])
  })

  it('fails the step whose called workflow is skipped, with the reason', async () => {
    const h = createHarness([{ id: 'sub', type: 'call', workflow: 'wf_2' }], {
      workflows: { wf_2: SLOW },
      calledPolicies: { concurrency: { limit: 1, onConflict: 'skip' } },
    })
    await h.run()
    expect(await h.run()).toMatchObject({ status: 'failed', error: { kind: 'limit', stepPath: 'sub' } })
  })

  it('tells very long keys and keys with control characters apart', async () => {
    const h = createHarness(SLOW, { policies: { concurrency: { key: '{{ trigger.k }}', limit: 1 } } })
    const long = 'x'.repeat(1000)
    const ids = await startAll(h, [
      { k: `${long}1` },
      { k: `${long}2` },
      { k: '\n' },
      { k: '\u0000' },
      { k: `${long}1` },
    ])
    await h.clock.advance(1000)
    expect(await statuses(h, ids)).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'pending'])
  })
})

describe('rateLimit', () => {
  it('records what is above the rate as cancelled, with the reason', async () => {
    const h = createHarness([], { policies: { rateLimit: { limit: 2, period: '1m' } } })
    const ids = await startAll(h, [1, 2, 3])
    await h.clock.advance(0)
    expect(await statuses(h, ids)).toEqual(['succeeded', 'succeeded', 'cancelled'])
    const { error } = await h.read(ids[2] as RunId)
    expect(error).toMatchObject({ kind: 'rate_limited', detail: expect.stringContaining('2 runs may start in 60 s') })
    await h.clock.advance(60_001)
    expect((await h.run()).status).toBe('succeeded')
  })

  it('does not count what people start again', async () => {
    const h = createHarness([], { policies: { rateLimit: { limit: 1, period: '1m' } } })
    const first = await h.start()
    expect((await h.engine.rerun(SCOPE, first)).admission).toBe('admitted')
  })

  it('answers a repeated delivery as the first, though the rate is used up', async () => {
    const h = createHarness([], { policies: { rateLimit: { limit: 1, period: '1m' } } })
    const first = await h.engine.start({ ...IDENTITY, trigger: {}, deduplicationKey: 'k' })
    const again = await h.engine.start({ ...IDENTITY, trigger: {}, deduplicationKey: 'k' })
    expect(again).toMatchObject({ runId: first.runId, created: false })
  })
})

describe('throttle', () => {
  it('starts what is above the rate later, in the order of arrival', async () => {
    const h = createHarness([], { policies: { throttle: { limit: 2, period: '1m' } } })
    const ids = await startAll(h, [1, 2, 3, 4, 5])
    await h.clock.advance(1000)
    expect(await statuses(h, ids)).toEqual(['succeeded', 'succeeded', 'pending', 'pending', 'pending'])
    await h.clock.advance(60_000)
    expect(await statuses(h, ids)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded', 'pending'])
    await h.clock.advance(60_000)
    expect(await statuses(h, ids)).toEqual(Array.from({ length: 5 }, () => 'succeeded'))
  })
})

describe('debounce', () => {
  const GIVE = [{ id: 'gave', type: 'set', values: { trigger: '{{ trigger }}' } }]

  it('starts one run with the data of the last trigger, under the id that all callers were told', async () => {
    const h = createHarness(GIVE, { policies: { debounce: { period: '5s' } } })
    const ids = await startAll(h, [1, 2, 3])
    expect(new Set(ids).size).toBe(1)
    await h.clock.advance(4999)
    expect(await h.engine.flushAdmissions()).toBe(0)
    await h.clock.advance(1)
    expect(await h.engine.flushAdmissions()).toBe(1)
    await h.clock.advance(0)
    expect(await h.read(ids[0] as RunId)).toMatchObject({ status: 'succeeded', output: { trigger: 3 } })
    expect(await h.engine.flushAdmissions()).toBe(0)
  })

  it('says that the trigger is kept, and that a repeated one was there before', async () => {
    const h = createHarness(GIVE, { policies: { debounce: { period: '5s' } } })
    const start = () => h.engine.start({ ...IDENTITY, trigger: 1, deduplicationKey: 'k' })
    const first = await start()
    expect(first).toEqual({ runId: first.runId, created: true, admission: 'gathered' })
    expect(await start()).toEqual({ runId: first.runId, created: false, admission: 'gathered' })
  })

  it('runs a test at once', async () => {
    const h = createHarness(GIVE, { policies: { debounce: { period: '5s' } } })
    expect((await h.engine.start({ ...IDENTITY, mode: 'test', trigger: 1 })).admission).toBe('admitted')
  })
})

describe('batchEvents', () => {
  const GIVE = [{ id: 'gave', type: 'set', values: { items: '{{ trigger.items }}' } }]
  const policies = { batchEvents: { key: '{{ trigger.k }}', maxSize: 3, timeout: '1m' } }

  it('starts a run when a batch is full, and with fewer after the time-out', async () => {
    const h = createHarness(GIVE, { policies })
    const triggers = [1, 2, 3, 4].map((n) => ({ k: 'a', n }))
    const ids = await startAll(h, triggers)
    await h.clock.advance(0)
    expect((await h.read(ids[0] as RunId)).output).toEqual({ items: triggers.slice(0, 3) })
    await h.clock.advance(60_000)
    await h.engine.flushAdmissions()
    await h.clock.advance(0)
    expect((await h.read(ids[3] as RunId)).output).toEqual({ items: triggers.slice(3) })
  })

  it('starts the run once when the process dies after recording it', async () => {
    const h = createHarness(GIVE, { policies })
    const [runId] = await startAll(h, [{ k: 'a', n: 1 }])
    await h.journal.create({ ...IDENTITY, runId: runId as RunId, trigger: { items: ['recorded'] } })
    await h.clock.advance(60_000)
    expect(await h.engine.flushAdmissions()).toBe(1)
    await h.clock.advance(60_000)
    expect(await h.engine.flushAdmissions()).toBe(0)
    expect((await h.read(runId as RunId)).trigger).toEqual({ items: ['recorded'] })
  })

  it('counts batches, not triggers, against the limits of runs', async () => {
    const h = createHarness(GIVE, { policies: { ...policies, throttle: { limit: 1, period: '1m' } } })
    const ids = await startAll(
      h,
      Array.from({ length: 6 }, (_, n) => ({ k: 'a', n })),
    )
    await h.clock.advance(0)
    expect(await statuses(h, [ids[0] as RunId, ids[3] as RunId])).toEqual(['succeeded', 'pending'])
  })
})

describe('a key that cannot be computed', () => {
  it.each(['concurrency', 'rateLimit', 'throttle', 'debounce', 'batchEvents'])(
    'refuses the run, naming %s',
    async (name) => {
      const fields = {
        concurrency: { limit: 1 },
        rateLimit: { limit: 1, period: '1s' },
        throttle: { limit: 1, period: '1s' },
        debounce: { period: '1s' },
        batchEvents: { maxSize: 2, timeout: '1s' },
      }
      const policy = { ...fields[name as keyof typeof fields], key: '{{ trigger.name.toUpperCase() }}' }
      const h = createHarness([], { policies: { [name]: policy } })
      const run = await h.run({ name: 7 })
      expect(run).toMatchObject({
        status: 'cancelled',
        error: { kind: 'expression', title: expect.stringContaining(`"${name}"`) },
      })
    },
  )
})

describe('priority', () => {
  it('is given to the run', async () => {
    const definition = {
      schema: 'inlay/workflow@1',
      name: 'Urgent',
      trigger: { type: 'manual' },
      steps: [],
      priority: 30,
    }
    const admission = new Admission({
      store: undefined,
      maxPayloadBytes: 1000,
      programs: new ProgramCache(createMemoryDefinitions({ [IDENTITY.versionId]: definition }), {}),
    })
    const policies = await admission.policiesFor(IDENTITY)
    if (policies === undefined) throw new Error('has no policies')
    const run = { ...IDENTITY, runId: 'run_1' as RunId, trigger: {} }
    expect(await admission.admit(policies, run)).toEqual({ kind: 'run', run: { ...run, priority: 30 } })
  })
})

describe('policies that cannot be kept', () => {
  const common = { schema: 'inlay/workflow@1', name: 'Test', trigger: { type: 'webhook' } }

  it.each([
    ['/debounce/timeout', { debounce: { period: '10s', timeout: '5s' } }],
    ['/batchEvents', { debounce: { period: '10s' }, batchEvents: { maxSize: 2, timeout: '5s' } }],
    ['/throttle/period', { throttle: { limit: 1, period: '0s' } }],
  ])('are issues at %s', (pointer, policies) => {
    const result = compileWorkflow({ ...common, steps: [], ...policies })
    expect(result).toMatchObject({ ok: false, issues: [{ pointer }] })
  })

  it.each([{ debounce: { period: '10s' } }, { batchEvents: { maxSize: 2, timeout: '5s' } }])(
    'include an answer to a caller who has gone: %o',
    (policies) => {
      const steps = [{ id: 'answer', type: 'respond' }]
      expect(compileWorkflow({ ...common, steps, ...policies })).toMatchObject({
        ok: false,
        issues: [{ pointer: '/steps/0', stepId: 'answer' }],
      })
      expect(compileWorkflow({ ...common, steps }).ok).toBe(true)
    },
  )
})
