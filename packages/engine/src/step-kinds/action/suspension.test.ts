import { describe, expect, it } from 'vitest'
import { dyingJournal } from '../../conformance/dying-journal.js'
import { type ActionContext, type HttpClient, suspend } from '../../contracts/connector.js'
import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import { createMemoryJournal, createVirtualClock } from '../../memory/index.js'
import type { Journal } from '../../ports/journal.js'
import { callbackIsOpen } from '../../run/callback-gate.js'
import { type ActionBehaviour, call, createHarness, type Harness, SCOPE } from '../../testing/harness.js'

const MINUTE = 60_000

const tokenOf = (url: string): string => url.split('/').at(-1) ?? ''

/** Suspends itself until somebody calls, and gives how it was resumed. */
function waitsForCallback(urls: string[], resumeAt?: (context: ActionContext) => number): ActionBehaviour {
  return (context) => {
    if (context.resumed !== undefined) return { ...context.resumed, input: context.input as JsonValue }
    urls.push(context.callbackUrl(), context.callbackUrl())
    const state = { job: 7 }
    return resumeAt === undefined
      ? suspend({ awaitsCallback: true, state })
      : suspend({ awaitsCallback: true, state, resumeAt: resumeAt(context) })
  }
}

const answerOf = (h: Harness, url: string | undefined, body: JsonValue = null) =>
  h.engine.answer(tokenOf(url ?? ''), { body })

describe('an action that suspends itself', () => {
  it('goes on with the callback, its state and the same input and key', async () => {
    const urls: string[] = []
    const h = createHarness([call('a', { n: '{{ trigger.n }}' }), call('after')], { behaviour: waitsForCallback(urls) })
    const { runId, status, steps } = await h.run({ n: 3 })
    expect([status, steps.map((step) => step.status)]).toEqual(['waiting', ['waiting']])
    expect(urls[0]).toBe(urls[1])
    expect(await answerOf(h, urls[0], { done: true })).toBe('answered')
    expect(await answerOf(h, urls[0], { done: false })).not.toBe('answered')
    await h.clock.advance(10)
    const run = await h.read(runId)
    expect(run.steps[0]?.output).toEqual({
      state: { job: 7 },
      reason: 'callback',
      payload: { done: true },
      input: { n: 3 },
    })
    expect(h.effects.slice(0, 2).map(({ key, input }) => [key.split('/').slice(1).join('/'), input])).toEqual([
      ['a/0', { n: 3 }],
      ['a/0', { n: 3 }],
    ])
  })

  it('goes on at its moment when nobody calls', async () => {
    const urls: string[] = []
    const clock = createVirtualClock()
    const h = createHarness([call('a')], { clock, behaviour: waitsForCallback(urls, () => clock.now() + 5 * MINUTE) })
    const { runId } = await h.run({}, 5 * MINUTE - 1)
    expect(h.effects).toHaveLength(1)
    await h.clock.advance(1)
    expect((await h.read(runId)).output).toMatchObject({ reason: 'time', payload: null })
    expect(await answerOf(h, urls[0])).toBe('not_found')
  })

  it('may do so again and again: each callback has its own address, one that nobody called stays', async () => {
    const clock = createVirtualClock()
    const seen: (readonly [string | undefined, string])[] = []
    const h = createHarness([call('a')], {
      clock,
      behaviour: (context) => {
        const { state, reason } = context.resumed ?? {}
        const round = typeof state === 'number' ? state : 0
        seen.push([reason, context.callbackUrl()])
        if (round === 4) return seen.map(([why]) => why ?? null)
        return suspend({ state: round + 1, awaitsCallback: true, resumeAt: clock.now() + MINUTE })
      },
    })
    const { runId } = await h.run()
    await answerOf(h, seen[0]?.[1])
    await h.clock.advance(MINUTE)
    await answerOf(h, seen.at(-1)?.[1])
    await h.clock.advance(MINUTE)
    expect((await h.read(runId)).output).toEqual([null, 'callback', 'time', 'callback', 'time'])
    const addresses = seen.map(([, url]) => url)
    expect(new Set(addresses).size).toBe(3)
    expect([addresses[1] === addresses[2], addresses[3] === addresses[4]]).toEqual([true, true])
  })

  it('does not miss a service that calls back before the suspension is recorded', async () => {
    const answers: string[] = []
    const http: HttpClient = {
      request: async ({ text = '' }) => {
        answers.push(await h.engine.answer(tokenOf(text), { body: 'early' }))
        return { status: 202, headers: {}, text: '', bytes: new Uint8Array(), json: () => null }
      },
    }
    const h: Harness = createHarness([call('a')], {
      http,
      behaviour: async ({ resumed, callbackUrl, http: door }) => {
        if (resumed !== undefined) return resumed.payload
        await door.request({ url: 'https://api.example.com/jobs', method: 'POST', text: callbackUrl() })
        return suspend({ awaitsCallback: true })
      },
    })
    expect(await h.run({}, 10)).toMatchObject({ status: 'succeeded', output: 'early' })
    expect(answers).toEqual(['answered'])
  })

  it('lets connectors of our own making wait until it can be called back', async () => {
    const answers: string[] = []
    const h: Harness = createHarness([call('a')], {
      behaviour: async (context) => {
        if (context.resumed !== undefined) return context.resumed.payload
        const url = context.callbackUrl()
        await callbackIsOpen({ ...context })
        answers.push(await answerOf(h, url, 'early'))
        return suspend({ awaitsCallback: true })
      },
    })
    expect((await h.run({}, 10)).output).toBe('early')
    expect(answers).toEqual(['answered'])
  })

  it.each([1, 2, 3, 4])('goes on after a crash at write %i, with an early callback kept', async (writesToLive) => {
    const clock = createVirtualClock()
    const journal = createMemoryJournal({ clock })
    const urls: string[] = []
    let hasCalled = false
    const http: HttpClient = {
      request: async () => {
        if (!hasCalled) await second.engine.answer(tokenOf(urls[0] ?? ''), { body: 'early' })
        hasCalled = true
        return { status: 202, headers: {}, text: '', bytes: new Uint8Array(), json: () => null }
      },
    }
    const behaviour: ActionBehaviour = async ({ resumed, callbackUrl, http: door }) => {
      if (resumed !== undefined) return { ...resumed }
      urls.push(callbackUrl())
      await door.request({ url: 'https://api.example.com/jobs' })
      return suspend({ awaitsCallback: true, state: 1 })
    }
    const options = { clock, behaviour, http }
    const first = createHarness([call('a')], { ...options, journal: dyingJournal(journal, writesToLive) })
    const second = createHarness([call('a')], { ...options, journal })
    const runId = await first.start()
    for (let n = 0; n < 4; n++) {
      await clock.advance(20_000)
      await second.engine.execute((await journal.due(10)).map((due) => due.runId))
    }
    expect(await journal.readRun(SCOPE, runId)).toMatchObject({
      status: 'succeeded',
      output: { state: 1, reason: 'callback', payload: 'early' },
    })
    expect(new Set(urls).size).toBe(1)
  })

  it('retries each round by its policy, and keeps how the round was resumed', async () => {
    const resumptions: unknown[] = []
    const clock = createVirtualClock()
    const h = createHarness([call('a', {}, { retry: { maxAttempts: 3, initialInterval: '1m' } })], {
      clock,
      behaviour: ({ resumed }, effects) => {
        resumptions.push(resumed)
        if (effects.length === 2) return suspend({ resumeAt: clock.now() + MINUTE, state: 's' })
        if (effects.length < 5) throw new StepError('communication', 'down')
        return 'done'
      },
    })
    const run = await h.run({}, 20 * MINUTE)
    expect(run).toMatchObject({ status: 'succeeded', output: 'done', steps: [{ attempt: 3 }] })
    const again = { state: 's', reason: 'time', payload: null }
    expect(resumptions).toEqual([undefined, undefined, again, again, again])
  })

  it('waits beside other branches, in loops, and where its failure is caught', async () => {
    const urls = new Map<string, string>()
    const behaviour: ActionBehaviour = (context) => {
      const { id, fail } = context.input as { id?: string; fail?: boolean }
      if (id === undefined) return null
      if (context.resumed === undefined) {
        urls.set(id, context.callbackUrl())
        return suspend({ awaitsCallback: true })
      }
      if (fail === true) throw new StepError('rejected', 'not liked')
      return `${id} ${String(context.resumed.payload)}`
    }
    const steps = [
      {
        id: 'p',
        type: 'parallel',
        branches: {
          x: [
            { id: 'f', type: 'forEach', items: ['a', 'b'], concurrency: 2, steps: [call('e', { id: '{{ item }}' })] },
          ],
          y: [{ id: 't', type: 'try', steps: [call('c', { id: 'c', fail: true })], catch: [call('d', { id: 'd' })] }],
        },
      },
      { id: 'out', type: 'set', values: { f: '{{ steps.f.output }}', d: '{{ steps.d.output }}' } },
    ]
    const h = createHarness(steps, { behaviour })
    const { runId } = await h.run()
    for (const id of ['b', 'c', 'a', 'd']) {
      await answerOf(h, urls.get(id), id)
      await h.clock.advance(10)
    }
    expect(await h.read(runId)).toMatchObject({ status: 'succeeded', output: { f: ['a a', 'b b'], d: 'd d' } })
  })

  it('ends with its run, and what would have woken it finds nothing', async () => {
    const urls: string[] = []
    const h = createHarness([call('a', {}, { compensate: call('undo') }), call('after')], {
      behaviour: waitsForCallback(urls),
    })
    const { runId } = await h.run()
    expect(await h.engine.openWaits(SCOPE, { limit: 10 })).toMatchObject([{ kind: 'callback', stepPath: 'a' }])
    await h.engine.cancel(SCOPE, runId)
    await h.clock.advance(10)
    const cancelled = await h.read(runId)
    expect(cancelled).toMatchObject({ status: 'cancelled', steps: [{ status: 'cancelled' }] })
    expect(cancelled.steps[0]).not.toHaveProperty('output')
    expect(await answerOf(h, urls[0])).toBe('not_found')
    expect(h.effects).toHaveLength(1)
    await h.engine.redrive(SCOPE, runId)
    await h.clock.advance(10)
    expect(h.effects).toHaveLength(2)
    expect(await answerOf(h, urls[0], 1)).toBe('answered')
  })

  it('loses a race: its wait is closed, and the run ends without it', async () => {
    const urls: string[] = []
    const race = {
      id: 'p',
      type: 'parallel',
      join: 'any',
      branches: { x: [call('a')], y: [{ id: 'w', type: 'wait', for: '1m' }] },
    }
    const h = createHarness([race, { id: 'rest', type: 'wait', for: '1m' }], { behaviour: waitsForCallback(urls) })
    const { runId } = await h.run({}, MINUTE)
    expect(await h.engine.openWaits(SCOPE, { limit: 10 })).toEqual([])
    await h.clock.advance(MINUTE)
    expect((await h.read(runId)).status).toBe('succeeded')
  })

  it('is never repeated after a crash in any of its rounds when it must not run twice', async () => {
    const clock = createVirtualClock()
    const journal = createMemoryJournal({ clock })
    let calls = 0
    const behaviour: ActionBehaviour = ({ resumed }) => {
      calls += 1
      if (resumed === undefined) return suspend({ resumeAt: clock.now() + MINUTE })
      return new Promise(() => {})
    }
    const steps = [call('a', {}, { action: 'once', timeout: '1h' })]
    const first = createHarness(steps, { clock, behaviour, journal: dyingJournal(journal, 3) })
    const second = createHarness(steps, { clock, behaviour, journal })
    const runId = await first.start()
    await clock.advance(MINUTE)
    expect(calls).toBe(2)
    await clock.advance(20_000)
    await second.engine.execute((await journal.due(10)).map((due) => due.runId))
    expect(await journal.readRun(SCOPE, runId)).toMatchObject({ status: 'failed', error: { kind: 'communication' } })
    expect(calls).toBe(2)
  })

  it('undoes what was done before, as a compensation that takes its time', async () => {
    const clock = createVirtualClock()
    const h = createHarness([call('a', {}, { compensate: call('undo', { slow: true }) }), call('b', { fail: true })], {
      clock,
      behaviour: ({ input, resumed }) => {
        const { slow, fail } = input as { slow?: boolean; fail?: boolean }
        if (fail === true) throw new StepError('rejected', 'no')
        return slow === true && resumed === undefined ? suspend({ resumeAt: clock.now() + MINUTE }) : null
      },
    })
    const { runId, status } = await h.run()
    expect(status).toBe('waiting')
    await h.clock.advance(MINUTE)
    const run = await h.read(runId)
    expect(run).toMatchObject({ status: 'failed', error: { title: 'no' } })
    expect(run.steps.find(({ stepPath }) => stepPath === 'a/undo')?.status).toBe('succeeded')
  })

  it('rests while an operator wants it to, and has not begun when it had not', async () => {
    const clock = createVirtualClock()
    const inner = createMemoryJournal({ clock })
    const journal: Journal = Object.assign(dyingJournal(inner, Number.POSITIVE_INFINITY), {
      append: async (...args: Parameters<Journal['append']>) => {
        // Somebody wants the run to rest while its intent is being written.
        if (args[1].some(({ status }) => status === 'running')) await h.engine.suspend(SCOPE, args[0].runId)
        return inner.append(...args)
      },
    })
    const h: Harness = createHarness([call('a', {}, { action: 'once' })], { clock, journal })
    const { runId, status } = await h.run()
    expect([status, h.effects.length]).toEqual(['suspended', 0])
    const plain = createHarness([call('a', {}, { action: 'once' })], { clock, journal: inner, effects: h.effects })
    await plain.engine.resume(SCOPE, runId)
    await clock.advance(10)
    expect(await plain.read(runId)).toMatchObject({ status: 'succeeded', steps: [{ attempt: 1 }] })
    expect(h.effects).toHaveLength(1)
  })

  it.each([
    ['a callback whose address it never asked for', () => suspend({ awaitsCallback: true })],
    ['a moment that is none', () => suspend({ resumeAt: Number.NaN })],
    ['nothing', () => ({ ...suspend({ resumeAt: 1 }), resumeAt: undefined }) as never],
    ['something with a state that is no data', () => suspend({ resumeAt: 1, state: (() => 1) as never })],
  ])('fails when it waits for %s', async (_, answer) => {
    const run = await createHarness([call('a')], { behaviour: answer }).run()
    expect(run).toMatchObject({ status: 'failed', error: { kind: 'bug', stepPath: 'a' } })
  })

  it('ends in a limit when it never stops', async () => {
    const clock = createVirtualClock()
    const h = createHarness([call('a')], {
      clock,
      behaviour: () => suspend({ resumeAt: clock.now() + 1 }),
      settings: { maxStepsPerRun: 20 },
    })
    expect(await h.run({}, 1000)).toMatchObject({
      status: 'failed',
      error: { kind: 'limit', title: 'The action has suspended itself too often' },
    })
    expect(h.effects.length).toBeLessThan(25)
  })

  it('says so when the host has no addresses for callbacks', async () => {
    const h = createHarness([call('a')], { behaviour: ({ callbackUrl }) => callbackUrl(), links: undefined })
    expect(await h.run()).toMatchObject({ status: 'failed', error: { kind: 'validation' } })
  })
})
