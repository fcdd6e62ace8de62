import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dyingJournal } from '../conformance/dying-journal.js'
import { type HttpClient, suspend } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { RunId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import { createMemoryJournal, createVirtualClock, type VirtualClock } from '../memory/index.js'
import type { Journal } from '../ports/journal.js'
import { type ActionBehaviour, call, createHarness, type Effect, SCOPE } from '../testing/harness.js'

const SHAPES = [
  'set',
  'call',
  'flaky',
  'wait',
  'branch',
  'parallel',
  'any',
  'forEach',
  'while',
  'split',
  'try',
  'catch',
  'fallback',
  'saga',
  'fails',
  'child',
  'event',
  'callback',
  'polls',
  'asks',
] as const
type Shape = (typeof SHAPES)[number]

/** A step, and the steps inside where its shape has room for any. */
interface Node {
  readonly shape: Shape
  readonly inner: readonly Node[]
}

const { nodes } = fc.letrec<{ node: Node; nodes: Node[] }>((tie) => ({
  node: fc.record({ shape: fc.constantFrom(...SHAPES), inner: tie('nodes') }),
  nodes: fc.oneof({ maxDepth: 2 }, fc.constant<Node[]>([]), fc.array(tie('node'), { maxLength: 3 })),
}))

const definitions = fc.array(fc.record({ shape: fc.constantFrom(...SHAPES), inner: nodes }), {
  minLength: 1,
  maxLength: 4,
})

const pause = (id: string, duration: string): object => ({ id, type: 'wait', for: duration })
const failing = (id: string): object => call(id, { fail: true })

/** How each shape is written; ids begin with `id`. */
const BUILD: Readonly<Record<Shape, (id: string, inner: readonly object[]) => object>> = {
  set: (id) => ({ id, type: 'set', values: { id } }),
  call: (id) => call(id, { id }),
  flaky: (id) => call(id, { failTimes: 1 }, { retry: { maxAttempts: 3, initialInterval: '20s' } }),
  wait: (id) => pause(id, '10s'),
  branch: (id, inner) => ({
    id,
    type: 'branch',
    cases: [{ if: 'trigger.go', steps: [call(`${id}_a`, { id }), ...inner] }],
    else: [],
  }),
  parallel: (id, inner) => ({
    id,
    type: 'parallel',
    branches: { x: [call(`${id}_x`), ...inner, call(`${id}_x2`)], y: [pause(`${id}_y`, '5s'), call(`${id}_y2`)] },
  }),
  any: (id) => ({
    id,
    type: 'parallel',
    join: 'any',
    branches: { x: [failing(`${id}_x`)], y: [pause(`${id}_y`, '5s'), call(`${id}_y2`)] },
  }),
  forEach: (id, inner) => ({
    id,
    type: 'forEach',
    items: [1, 2, 3],
    concurrency: 2,
    steps: [call(`${id}_e`, { v: '{{ item }}' }), ...inner],
  }),
  while: (id, inner) => ({
    id,
    type: 'while',
    condition: '(index ?? 0) < 1',
    max: 3,
    steps: [call(`${id}_w`, { v: '{{ index }}' }), pause(`${id}_p`, '5s'), ...inner],
  }),
  split: (id) => ({
    id,
    type: 'split',
    key: '{{ trigger.go }}',
    variants: [
      { name: 'a', weight: 1, steps: [call(`${id}_a`)] },
      { name: 'b', weight: 1, steps: [call(`${id}_b`)] },
    ],
  }),
  try: (id, inner) => ({
    id,
    type: 'try',
    steps: [call(`${id}_t`), ...inner],
    finally: [pause(`${id}_p`, '5s'), call(`${id}_f`)],
  }),
  catch: (id, inner) => ({
    id,
    type: 'try',
    steps: [...inner, failing(`${id}_t`)],
    catch: [pause(`${id}_p`, '5s'), call(`${id}_c`)],
  }),
  fallback: (id) => call(id, { fail: true }, { onError: { fallback: [call(`${id}_f`), pause(`${id}_p`, '5s')] } }),
  saga: (id) => call(id, {}, { compensate: call(`${id}_undo`, { of: `{{ steps.${id}.status }}` }) }),
  fails: (id) => failing(id),
  child: (id) => ({ id, type: 'call', workflow: 'wf_child', input: { id } }),
  event: (id) => ({
    id,
    type: 'parallel',
    branches: {
      w: [{ id: `${id}_w`, type: 'wait', event: { name: id } }, call(`${id}_got`)],
      p: [pause(`${id}_p`, '2s'), { id: `${id}_e`, type: 'publish', event: id, payload: {} }],
    },
  }),
  callback: (id) => ({
    id,
    type: 'wait',
    callback: { timeout: '2m', onTimeout: 'continue' },
    steps: [call(`${id}_tell`)],
  }),
  polls: (id) => call(id, { polls: 2 }, { compensate: call(`${id}_undo`) }),
  asks: (id) => call(id, { asks: true, failTimes: 1 }, { retry: { maxAttempts: 3, initialInterval: '20s' } }),
}

function build(list: readonly Node[], prefix = 's'): object[] {
  return list.map(({ shape, inner }, index) => {
    const id = `${prefix}${index}`
    // Whether a failure ends what waits beside it depends on the time that passes, which a crash makes longer.
    const isConcurrent = shape === 'parallel' || shape === 'forEach'
    const nested = isConcurrent ? inner.filter((node) => !canFail(node)) : inner
    return BUILD[shape](id, build(nested, `${id}_i`))
  })
}

const WORKFLOWS = {
  wf_child: [call('child', { of: '{{ trigger.id }}' }), pause('child_rest', '3s'), call('child_end')],
}

interface Wanted {
  readonly fail?: boolean
  readonly failTimes?: number
  readonly polls?: number
  readonly asks?: boolean
}

/**
 * Fails where the input says so; what is flaky fails the first time for each key. What polls suspends itself so often; what
 * asks is called back at once, before it has suspended itself.
 */
function createBehaviour(clock: VirtualClock): ActionBehaviour {
  const seen = new Set<string>()
  return async ({ input, idempotencyKey, resumed, http, callbackUrl }) => {
    const { fail, failTimes = 0, polls = 0, asks } = input as Wanted
    if (fail === true) throw new StepError('rejected', 'not liked')
    if (asks === true && resumed === undefined) await http.request({ url: 'https://service.test', text: callbackUrl() })
    if (failTimes > 0 && !seen.has(idempotencyKey)) {
      seen.add(idempotencyKey)
      throw new StepError('communication', 'down')
    }
    if (asks === true) return resumed === undefined ? suspend({ awaitsCallback: true, state: 1 }) : { ...resumed }
    const round = Number(resumed?.state ?? 0)
    if (round < polls) return suspend({ resumeAt: clock.now() + 3_000, state: round + 1 })
    return input as JsonValue
  }
}

/** A service that calls back while it is being called. */
function callingBack(journal: Journal): HttpClient {
  return {
    request: async ({ text = '' }) => {
      await journal.answer(text.split('/').at(-1) ?? '', { body: 'called' })
      return { status: 202, headers: {}, text: '', bytes: new Uint8Array(), json: () => null }
    },
  }
}

function canFail({ shape, inner }: Node): boolean {
  return shape === 'fails' || inner.some(canFail)
}

interface Outcome {
  readonly status: string
  readonly output: unknown
  readonly effects: readonly Effect[]
}

/** Executes a run by processes one after the other, each of which dies at its n-th write; the last one lives. */
async function runThrough(steps: readonly object[], deaths: readonly number[]): Promise<Outcome> {
  const clock = createVirtualClock()
  const journal = createMemoryJournal({ clock })
  const effects: Effect[] = []
  const options = {
    clock,
    effects,
    workflows: WORKFLOWS,
    behaviour: createBehaviour(clock),
    http: callingBack(journal),
  }
  let runId: RunId | undefined
  for (const writesToLive of [...deaths, Number.POSITIVE_INFINITY]) {
    const harness = createHarness(steps, { ...options, journal: dyingJournal(journal, writesToLive) })
    runId ??= await harness.start({ go: true })
    const isLast = writesToLive === Number.POSITIVE_INFINITY
    for (let tick = 0; tick < (isLast ? 200 : 5); tick++) {
      // Not waited for: a dead process never comes back, a living one may wait for time to pass.
      void harness.engine.execute((await journal.due(10)).map((due) => due.runId))
      await clock.advance(5_000)
    }
  }
  const run = runId === undefined ? undefined : await journal.readRun(SCOPE, runId)
  return { status: run?.status ?? 'none', output: run?.output, effects }
}

const keysOf = ({ effects }: Outcome): string[] => [...new Set(effects.map(({ key }) => withoutIds(key)))].sort()

/** The most calls with one key; keys of different runs count as one here, each with its own calls. */
function timesOf({ effects }: Outcome): ReadonlyMap<string, number> {
  const exact = new Map<string, number>()
  for (const { key } of effects) exact.set(key, (exact.get(key) ?? 0) + 1)
  const most = new Map<string, number>()
  for (const [key, times] of exact) most.set(withoutIds(key), Math.max(most.get(withoutIds(key)) ?? 0, times))
  return most
}

describe('processes that die at any write', () => {
  it('change neither the result nor the idempotency keys, and repeat at most what was in flight', async () => {
    const deaths = fc.array(fc.nat(16), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(definitions, deaths, async (list, points) => {
        const steps = build(list)
        const [whole, crashed] = [await runThrough(steps, []), await runThrough(steps, points)]
        expect({ status: crashed.status, output: withoutTimes(crashed.output) }).toEqual({
          status: whole.status,
          output: withoutTimes(whole.output),
        })
        expect(keysOf(crashed)).toEqual(keysOf(whole))
        const [before, after] = [timesOf(whole), timesOf(crashed)]
        // One attempt of which nothing is known for each death, and those that it takes without any.
        for (const [key, times] of after) expect(times).toBeLessThanOrEqual(points.length + (before.get(key) ?? 0))
      }),
      // `pnpm soak` asks for many more; the seed of a failure is in its message.
      { numRuns: Number(process.env['INLAY_PROPERTY_RUNS'] ?? 150) },
    )
  })
})

/** A wait's output names the time it ended at, which a crash may move. */
function withoutTimes(output: unknown): unknown {
  const text = withoutIds(JSON.stringify(output ?? null))
  return JSON.parse(text.replace(/"(until|receivedAt)":"[^"]+"/g, '"$1":""')) as unknown
}

/** Ids of runs differ from one execution to the next. */
function withoutIds(text: string): string {
  return text.replace(/run_[0-9a-f]{32}/g, 'run')
}
