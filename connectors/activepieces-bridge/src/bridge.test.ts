/** What pieces of npm do not show: a piece written for it tries the rest of the bridge. */
import { rmSync } from 'node:fs'
import type { ConnectorCaller, HttpClient, JsonValue } from '@inlay/sdk/connector'
import {
  attemptAction,
  createTestFiles,
  deliverWebhook,
  pollTrigger,
  registerTrigger,
  runAction,
  startStubServer,
  withTestContext,
} from '@inlay/sdk/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { createPieceConnector, createPieceHost, type PieceHostOptions } from './index.js'
import { type FixturePiece, installFixturePiece, TRICKY_PIECE } from './testing/fixture-piece.js'

const ended: (() => unknown)[] = []
afterAll(async () => {
  for (const end of ended) await end()
})

function install(source: string): FixturePiece {
  const installed = installFixturePiece(source)
  ended.push(() => rmSync(installed.folder, { recursive: true, force: true }))
  return installed
}

const { folder, reference } = install(TRICKY_PIECE)

async function bridge(options: Partial<PieceHostOptions> = {}) {
  const host = createPieceHost({ folderOf: () => folder, ...options })
  ended.push(() => host.close())
  return createPieceConnector({ piece: reference, host, id: 'tricky' })
}

describe('createPieceConnector', () => {
  it('refuses pieces that are not installed as pinned', async () => {
    const host = createPieceHost({ folderOf: () => folder })
    const make = (change: object) => createPieceConnector({ piece: { ...reference, ...change }, host })
    await expect(make({ version: '2.0.0' })).rejects.toMatchObject({
      detail: expect.stringContaining('1.0.0 is installed'),
    })
    await expect(make({ integrity: 'sha512-other' })).rejects.toMatchObject({ kind: 'validation' })
    await expect(make({ name: '../piece' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('refuses pieces of a newer generation', async () => {
    const newer = install(TRICKY_PIECE.replace("version: '2'", "version: '3'"))
    const host = createPieceHost({ folderOf: () => newer.folder })
    ended.push(() => host.close())
    await expect(createPieceConnector({ piece: newer.reference, host })).rejects.toThrow(/contexts of version "3"/)
  })

  it('lists what it does not carry', async () => {
    const { actions, triggers, docs } = await bridge()
    expect([Object.keys(actions), Object.keys(triggers)]).toEqual([['evaluate'], ['asked', 'renewed']])
    expect(docs).toContain('- action "embedded": fields of CUSTOM')
    expect(docs).toContain('- trigger "greeted": WEBHOOK with a handshake')
    expect(docs).toContain('- trigger "told": APP_WEBHOOK; the piece does not tell whether the service sent an event')
  })
})

describe('an action of a piece', () => {
  it('waits for a callback by a waitpoint', async () => {
    const connector = await bridge()
    const code = `if (context.executionType === 'RESUME') return context.resumePayload.body
      const { id, resumeUrl } = await context.run.createWaitpoint({ type: 'WEBHOOK' })
      console.log(resumeUrl)
      context.run.waitForWaitpoint(id)`
    const printed: string[] = []
    const log = { info: (text: string) => void printed.push(text), warn: () => {} }
    const parked = await attemptAction(connector, 'evaluate', { input: { code }, log })
    expect(parked).toMatchObject({ awaitsCallback: true })
    expect(printed).toEqual(['https://callback.test/test-key'])
    const resumed = { state: null, reason: 'callback' as const, payload: { approved: true } }
    expect(await runAction(connector, 'evaluate', { input: { code }, resumed })).toEqual({ approved: true })
  })

  it('is refused links that carry an answer, which would be lost', async () => {
    const connector = await bridge()
    const code = `const waitpoint = await context.run.createWaitpoint({ type: 'WEBHOOK' })
      return waitpoint.buildResumeUrl({ queryParams: { action: 'approve' } })`
    await expect(runAction(connector, 'evaluate', { input: { code } })).rejects.toThrow(/carry an answer/)
  })

  it('reads and writes files', async () => {
    const connector = await bridge()
    const files = createTestFiles()
    const file = await files.write({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('abc') })
    const code = `const { file } = context.propsValue
      return context.files.write({ fileName: file.extension + '.csv', data: Buffer.concat([file.data, file.data]) })`
    const written = await runAction(connector, 'evaluate', { input: { code, file }, files })
    expect(written).toMatchObject({ name: 'txt.csv', contentType: 'text/csv', size: 6 })
  })

  it('is ended when it takes too long, and the next call gets another process', async () => {
    const connector = await bridge({ callTimeoutMs: 500 })
    await expect(runAction(connector, 'evaluate', { input: { code: 'for (;;) {}' } })).rejects.toMatchObject({
      kind: 'timeout',
    })
    expect(await runAction(connector, 'evaluate', { input: { code: 'return calls' } })).toBe(1)
  })

  it('is ended when it takes too much memory or says too much', async () => {
    const connector = await bridge({ heapMegabytes: 64, maxMessageBytes: 100_000 })
    const greedy = 'const all = []; for (;;) all.push(new Array(10_000).fill(calls))'
    await expect(runAction(connector, 'evaluate', { input: { code: greedy } })).rejects.toMatchObject({ kind: 'limit' })
    const long = `return 'x'.repeat(200_000)`
    await expect(runAction(connector, 'evaluate', { input: { code: long } })).rejects.toMatchObject({ kind: 'limit' })
  })

  it('shares no process with another customer', async () => {
    const connector = await bridge({ maxProcesses: 1 })
    const count = (customerId: string): Promise<unknown> =>
      withTestContext(connector, {}, async (context) => {
        // The brand of ids is a matter of types alone.
        const caller = { customerId } as unknown as ConnectorCaller
        const call = { ...context, caller, idempotencyKey: 'k', callbackUrl: () => 'https://callback.test/k' }
        return connector.actions['evaluate']?.run({ ...call, input: { code: 'return [calls, context.project.id]' } })
      })
    expect([await count('a'), await count('a'), await count('b'), await count('a')]).toEqual([
      [1, 'a'],
      [2, 'a'],
      [1, 'b'],
      [1, 'a'],
    ])
  })

  it('fails with what the door said', async () => {
    const connector = await bridge()
    const stub = await startStubServer({ 'GET /gone': 'reset' })
    ended.push(() => stub.close())
    const call = runAction(connector, 'evaluate', { input: { code: `return fetch('${stub.url}/gone')` } })
    await expect(call).rejects.toMatchObject({ kind: 'communication' })
  })
})

describe('a trigger of a piece', () => {
  const answering = (items: readonly JsonValue[]): HttpClient => ({
    request: async () => {
      const text = JSON.stringify({ items })
      return { status: 200, headers: {}, text, bytes: Buffer.from(text), json: () => JSON.parse(text) }
    },
  })

  it('tells of what shares the millisecond of the last item, under the same ids', async () => {
    const connector = await bridge()
    const poll = (items: JsonValue[], cursor?: JsonValue) =>
      pollTrigger(connector, 'asked', {
        input: {},
        http: answering(items),
        ...(cursor === undefined ? {} : { cursor }),
      })
    const [one, two] = [
      { at: 2000, name: 'one' },
      { at: 2000, name: 'two' },
    ]
    const first = await poll([])
    const second = await poll([one], first.cursor)
    const third = await poll([two, one], second.cursor)
    expect(second.items.map(({ data }) => data)).toEqual([one])
    expect(third.items.map(({ data }) => data)).toEqual([one, two])
    // Which is why the engine starts nothing for it again.
    expect(third.items[0]?.id).toBe(second.items[0]?.id)
  })

  it('keeps what it remembers with its registration, and renews it', async () => {
    const connector = await bridge()
    const registered = await registerTrigger(connector, 'renewed', { input: {} })
    expect(registered.registration).toMatchObject({ values: { address: registered.webhookUrl } })
    const trigger = connector.triggers['renewed']
    const renewal = trigger?.kind === 'webhook' ? trigger.renewal : undefined
    expect(renewal?.everyMs).toBe(12 * 3_600_000)
    const renewed = await withTestContext(connector, {}, async (context) =>
      renewal?.run({ ...context, input: {}, ...registered }),
    )
    expect(renewed).toMatchObject({ values: { renewals: 1 } })
    const request = { json: { n: 1 } }
    const heard = await deliverWebhook(connector, 'renewed', { input: {}, ...registered, request })
    const said = { said: { n: 1 }, raw: '{"n":1}', address: registered.webhookUrl }
    expect(heard).toMatchObject({ kind: 'items', items: [{ data: said }] })
    const found = await deliverWebhook(connector, 'renewed', {
      ...{ input: {}, ...registered, http: answering([{ at: 7 }]) },
      request: { json: { lookUp: true } },
    })
    expect(found).toMatchObject({ kind: 'items', items: [{ data: { at: 7 } }] })
  })
})
