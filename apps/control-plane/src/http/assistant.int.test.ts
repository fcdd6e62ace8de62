/** Workflows from descriptions: the API of the control plane next to a model that answers what a test tells it to. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

interface ModelRequest {
  readonly authorization: string | undefined
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}

const GOOD = {
  name: 'Big orders to the chat',
  explanation: 'Sends a request for each order above 500.',
  definition: {
    schema: 'inlay/workflow@1',
    name: 'Big orders',
    trigger: { type: 'webhook' },
    steps: [
      {
        id: 'size',
        type: 'branch',
        cases: [
          {
            if: '{{ trigger.body.total > 500 }}',
            steps: [
              {
                id: 'tell',
                type: 'action',
                connector: 'http',
                action: 'request',
                input: { method: 'POST', url: 'https://example.com/hook' },
              },
            ],
          },
        ],
      },
    ],
  },
}
const BROKEN = { ...GOOD, definition: { ...GOOD.definition, steps: [{ id: 'tell', type: 'sendMail' }] } }
const DESCRIPTION = 'When an order above 500 comes in, send it on by HTTP and tell Slack.'

describe.skipIf(!hasServers())('a workflow that is described in words', () => {
  let model: Server
  let server: TestServer
  let plain: TestServer
  const asked: ModelRequest[] = []
  const answers: (string | number)[] = []

  beforeAll(async () => {
    model = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk) => {
        text += chunk
      })
      request.on('end', () => {
        asked.push({ ...JSON.parse(text), authorization: request.headers.authorization })
        const answer = answers.shift() ?? 500
        if (typeof answer === 'number') return void response.writeHead(answer).end('{}')
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: answer } }] }))
      })
    })
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve))
    const aiUrl = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`
    server = await startTestServer({ egressAllow: '127.0.0.0/8', aiUrl })
    plain = await startTestServer()
  })

  afterAll(async () => {
    await server?.close()
    await plain?.close()
    model?.close()
  })

  beforeEach(() => {
    asked.length = 0
    answers.length = 0
  })

  const draft = (description = DESCRIPTION) => server.post('/v1/assistant/drafts', { description })

  it('is proposed, checked by the compiler, and not stored', async () => {
    const before = await server.get('/v1/workflows')
    answers.push(JSON.stringify(GOOD))
    const { status, body } = await draft()
    expect([status, body.name, body.issues]).toEqual([200, GOOD.name, []])
    expect(body.definition.steps).toEqual(GOOD.definition.steps)
    expect((await server.get('/v1/workflows')).body.data).toHaveLength(before.body.data.length)
  })

  it('is asked for with the connectors that it speaks of, and with nothing secret', async () => {
    answers.push(JSON.stringify(GOOD))
    await draft()
    const [request] = asked
    expect([request?.authorization, request?.model]).toEqual(['Bearer test-key', 'test-model'])
    const system = request?.messages
      .filter(({ role }) => role === 'system')
      .map(({ content }) => content)
      .join('\n')
    expect(system).toMatch(/slack \(Slack\)/)
    expect(system).toMatch(/action request: /)
    expect(system).not.toMatch(/salesforce/i)
    expect(request?.messages.at(-1)).toEqual({ role: 'user', content: DESCRIPTION })
    expect(JSON.stringify(request?.messages)).not.toContain(server.demo.apiKey)
  })

  it('is asked for again with what the compiler found, and the best answer is taken', async () => {
    answers.push('no JSON at all', JSON.stringify(BROKEN), JSON.stringify(GOOD))
    expect((await draft()).body.issues).toEqual([])
    expect(asked[2]?.messages.at(-1)?.content).toMatch(/\/steps\/0/)
    answers.push(JSON.stringify(BROKEN), JSON.stringify(BROKEN), 'still none')
    const { status, body } = await draft()
    expect(status).toBe(200)
    expect(body.issues.length).toBeGreaterThan(0)
  })

  it.each([
    ['answers nothing that can be read', ['a', 'b', 'c']],
    ['fails', [500]],
    ['refuses the key', [401]],
  ])('is an error in plain words when the model %s', async (_what, given) => {
    answers.push(...given)
    const { status, body } = await draft()
    expect([status, body.code]).toEqual([422, 'assistant.failed'])
    expect(JSON.stringify(body)).not.toMatch(/test-key|127\.0\.0\.1/)
  })

  it('is not offered where the operator has set no model', async () => {
    expect((await plain.get('/v1/assistant')).body).toEqual({ isAvailable: false })
    expect((await server.get('/v1/assistant')).body).toEqual({ isAvailable: true })
    const { status, body } = await plain.post('/v1/assistant/drafts', { description: DESCRIPTION })
    expect([status, body.code]).toEqual([404, 'assistant.unavailable'])
  })
})
