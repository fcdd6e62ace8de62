import {
  createTestFiles,
  describeConnectorContract,
  loadOptions,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'

let stub: StubServer
let answer: StubAnswer

beforeAll(async () => {
  stub = await startStubServer(() => answer)
})
afterAll(() => stub.close())

const auth = { kind: 'apiKey' as const, apiKey: 'test-key', fields: {} }
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, {
    input: { model: 'claude-x', prompt: 'Hi', ...input },
    auth,
    baseUrl: stub.url,
    ...more,
  })
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '')

const said = (content: object[], stop_reason = 'end_turn', stop_details: object | null = null): StubAnswer => ({
  json: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-x-1',
    content: content as never,
    stop_reason,
    stop_sequence: null,
    stop_details: stop_details as never,
    usage: { input_tokens: 10, output_tokens: 4 },
  },
})

describe('anthropic', () => {
  it('asks, with the key and the version of the API', async () => {
    answer = said([
      { type: 'thinking', thinking: '…', signature: 's' },
      { type: 'text', text: 'Hello!' },
    ])
    const history = [
      { role: 'user', content: 'A' },
      { role: 'assistant', content: 'B' },
    ]
    expect(await run('message', { system: 'Be kind.', history })).toEqual({
      id: 'msg_1',
      model: 'claude-x-1',
      text: 'Hello!',
      isCutOff: false,
      usage: { input_tokens: 10, output_tokens: 4 },
    })
    expect(stub.requests.at(-1)).toMatchObject({
      method: 'POST',
      url: '/v1/messages',
      headers: { 'x-api-key': 'test-key', 'anthropic-version': '2023-06-01' },
    })
    expect(sent()).toEqual({
      model: 'claude-x',
      system: 'Be kind.',
      max_tokens: 1024,
      messages: [...history, { role: 'user', content: 'Hi' }],
    })
  })

  const schema = { type: 'object', properties: { mood: { enum: ['good', 'bad'] } }, required: ['mood'] }

  it('gets data of the shape that was asked for', async () => {
    answer = said([{ type: 'text', text: '{"mood":"good"}' }])
    const wide = { ...schema, properties: { ...schema.properties, age: { type: 'integer', minimum: 1 } } }
    expect(await run('structuredAnswer', { schema: wide })).toMatchObject({ data: { mood: 'good' } })
    expect(sent().output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: { mood: { enum: ['good', 'bad'] }, age: { type: 'integer', description: 'minimum: 1.' } },
          required: ['mood'],
          additionalProperties: false,
        },
      },
    })
    answer = said([{ type: 'text', text: '{"mood":"good","age":0}' }])
    await expect(run('structuredAnswer', { schema: wide })).rejects.toMatchObject({
      kind: 'communication',
      detail: expect.stringContaining('age'),
    })
  })

  it('holds older models to a shape by a tool', async () => {
    answer = said([{ type: 'tool_use', id: 't', name: 'answer', input: { mood: 'good' } }], 'tool_use')
    expect(await run('structuredAnswer', { schema, strict: false })).toMatchObject({ data: { mood: 'good' } })
    expect(sent()).toMatchObject({ tool_choice: { type: 'tool', name: 'answer' }, tools: [{ input_schema: schema }] })
    expect(sent().output_config).toBeUndefined()
    answer = said([{ type: 'text', text: 'No.' }])
    await expect(run('structuredAnswer', { schema, strict: false })).rejects.toMatchObject({ kind: 'communication' })
  })

  it.each<[string, StubAnswer, object]>([
    ['of another shape', said([{ type: 'text', text: '{}' }]), { kind: 'communication' }],
    ['without data', said([{ type: 'text', text: 'No.' }]), { kind: 'communication' }],
    ['that is cut off', said([], 'max_tokens'), { kind: 'limit' }],
    ['that fills the model', said([], 'model_context_window_exceeded'), { kind: 'limit' }],
    ['that is refused', said([], 'refusal', { explanation: 'Because.' }), { kind: 'rejected', detail: 'Because.' }],
  ])('does not pass on an answer %s', async (_, given, error) => {
    answer = given
    await expect(run('structuredAnswer', { schema })).rejects.toMatchObject(error)
  })

  it.each([
    ['application/pdf', { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'eA==' } }],
    ['image/png', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'eA==' } }],
    ['text/csv; charset=utf-8', { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } }],
  ])('sends a file of %s along', async (contentType, part) => {
    const files = createTestFiles()
    const file = await files.write({ name: 'f', contentType, bytes: Buffer.from('x') })
    answer = said([{ type: 'text', text: 'It says x.' }])
    expect(await run('readDocument', { file }, { files })).toMatchObject({ text: 'It says x.' })
    expect(sent().messages[0].content).toEqual([part, { type: 'text', text: 'Hi' }])
  })

  it('counts tokens, and lists models page by page', async () => {
    answer = { json: { input_tokens: 7 } }
    expect(await run('countTokens', {})).toEqual({ tokens: 7 })
    answer = { json: { data: [{ id: 'claude-x', display_name: 'Claude X' }], has_more: true, last_id: 'claude-x' } }
    const place = { of: 'message', field: 'model', auth, baseUrl: stub.url }
    expect(await loadOptions(connector, place)).toEqual({
      options: [{ value: 'claude-x', label: 'Claude X' }],
      nextCursor: 'claude-x',
    })
    await loadOptions(connector, { ...place, cursor: 'claude-x' })
    expect(stub.requests.at(-1)?.url).toContain('after_id=claude-x')
  })

  const refusal = (status: number, type: string, headers = {}): StubAnswer => ({
    status,
    headers,
    json: { type: 'error', error: { type, message: 'Because.' }, request_id: 'req_1' },
  })

  it.each<[string, StubAnswer, object]>([
    ['a wrong key', refusal(401, 'authentication_error'), { kind: 'authentication', detail: 'Because.' }],
    ['a missing permission', refusal(403, 'permission_error'), { kind: 'authorization' }],
    [
      'too many requests',
      refusal(429, 'rate_limit_error', { 'retry-after': '3' }),
      { kind: 'rate_limited', retryAfterMs: 3000 },
    ],
    ['a request that is too large', refusal(413, 'request_too_large'), { kind: 'limit' }],
    ['a service that is overloaded', refusal(529, 'overloaded_error'), { kind: 'communication', retryable: true }],
    ['an error of another shape', { status: 502, text: '<html>' }, { kind: 'communication', retryable: true }],
  ])('understands %s', async (_, given, error) => {
    answer = given
    await expect(run('message', {})).rejects.toMatchObject(error)
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject(error)
  })
})

describeConnectorContract(connector, { describe, it, expect })
