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

const auth = () => ({
  kind: 'bearer' as const,
  token: 'test-key',
  fields: { baseUrl: `${stub.url}/v1/`, project: 'p1' },
})
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input, auth: auth(), ...more })
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '')

const completion = (message: object, finish_reason = 'stop'): StubAnswer => ({
  json: {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-x',
    choices: [{ index: 0, message: { role: 'assistant', content: null, refusal: null, ...message }, finish_reason }],
    usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
  },
})

describe('openai', () => {
  it('asks a model with instructions and what was said before, at the address of the connection', async () => {
    answer = completion({ content: 'Hello!' })
    const history = [{ role: 'assistant', content: 'Yes?' }]
    const output = await run('chat', { model: 'gpt-x', system: 'Be kind.', prompt: 'Hi', history, maxTokens: 5 })
    expect(output).toMatchObject({ text: 'Hello!', isCutOff: false, usage: { total_tokens: 12 } })
    expect(stub.requests.at(-1)).toMatchObject({
      method: 'POST',
      url: '/v1/chat/completions',
      headers: { authorization: 'Bearer test-key', 'openai-project': 'p1' },
    })
    expect(sent()).toEqual({
      model: 'gpt-x',
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'assistant', content: 'Yes?' },
        { role: 'user', content: 'Hi' },
      ],
      max_completion_tokens: 5,
    })
  })

  const schema = {
    type: 'object',
    properties: { mood: { enum: ['good', 'bad'] }, why: { type: 'string' } },
    required: ['mood'],
  }
  const ask = { model: 'gpt-x', prompt: 'How is it?', schema }

  it('gets data of the shape that was asked for', async () => {
    answer = completion({ content: '{"mood":"good","why":"sun"}' })
    expect(await run('structuredAnswer', ask)).toMatchObject({ data: { mood: 'good', why: 'sun' } })
    expect(sent().response_format).toEqual({
      type: 'json_schema',
      json_schema: {
        name: 'answer',
        strict: true,
        schema: {
          type: 'object',
          properties: { mood: { enum: ['good', 'bad'] }, why: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
          required: ['mood', 'why'],
          additionalProperties: false,
        },
      },
    })
    answer = completion({ content: '{"mood":"good","why":null}' })
    expect(await run('structuredAnswer', ask)).toMatchObject({ data: { mood: 'good' } })
  })

  it.each<[string, StubAnswer, object]>([
    [
      'of another shape',
      completion({ content: '{"mood":"odd"}' }),
      { kind: 'communication', detail: expect.stringContaining('mood') },
    ],
    ['that is no JSON', completion({ content: 'Sure! {' }), { kind: 'communication' }],
    ['that is cut off', completion({ content: '{"mo' }, 'length'), { kind: 'limit' }],
    ['that the model refuses', completion({ refusal: 'I cannot.' }), { kind: 'rejected', detail: 'I cannot.' }],
    ['that is held back', completion({}, 'content_filter'), { kind: 'rejected' }],
  ])('does not pass on an answer %s', async (_, given, error) => {
    answer = given
    await expect(run('structuredAnswer', ask)).rejects.toMatchObject(error)
  })

  const responded = (content: object[], more: object = {}): StubAnswer => ({
    json: {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      error: null,
      incomplete_details: null,
      model: 'gpt-x',
      output: [
        { type: 'reasoning', id: 'rs_1', summary: [] },
        { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: content as never },
      ],
      usage: { input_tokens: 9, output_tokens: 2, total_tokens: 11 },
      ...more,
    },
  })

  it('sends a file along, and searches the web, by the Responses API', async () => {
    const files = createTestFiles()
    const file = await files.write({ name: 'a.pdf', contentType: 'application/pdf', bytes: Buffer.from('x') })
    answer = responded([{ type: 'output_text', text: 'It says x.', annotations: [], logprobs: [] }])
    const read = await run('readDocument', { model: 'gpt-x', prompt: 'What?', file }, { files })
    expect(read).toMatchObject({ text: 'It says x.', isCutOff: false, usage: { total_tokens: 11 } })
    expect(stub.requests.at(-1)?.url).toBe('/v1/responses')
    const part = { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,eA==' }
    expect(sent()).toEqual({
      model: 'gpt-x',
      input: [{ role: 'user', content: [part, { type: 'input_text', text: 'What?' }] }],
      store: false,
    })
    const annotations = [{ type: 'url_citation', url: 'https://a.test', title: 'A', start_index: 0, end_index: 1 }]
    answer = responded([{ type: 'output_text', text: 'News.', annotations, logprobs: [] }])
    expect(await run('searchWeb', { model: 'gpt-x', prompt: 'News?', domains: ['a.test'] })).toMatchObject({
      sources: [{ url: 'https://a.test', title: 'A' }],
    })
    expect(sent().tools).toEqual([{ type: 'web_search', filters: { allowed_domains: ['a.test'] } }])
  })

  it.each<[string, StubAnswer, object]>([
    ['refused', responded([{ type: 'refusal', refusal: 'I cannot.' }]), { kind: 'rejected', detail: 'I cannot.' }],
    [
      'failed',
      responded([], { status: 'failed', error: { code: 'server_error', message: 'Oh.' } }),
      { kind: 'communication', detail: 'Oh.' },
    ],
    [
      'held back',
      responded([], { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }),
      { kind: 'rejected' },
    ],
  ])('does not pass on a response that was %s', async (_, given, error) => {
    answer = given
    await expect(run('searchWeb', { model: 'gpt-x', prompt: 'x' })).rejects.toMatchObject(error)
  })

  it('keeps embeddings in the order of the texts', async () => {
    answer = {
      json: {
        model: 'e',
        data: [
          { index: 1, embedding: [2] },
          { index: 0, embedding: [1] },
        ],
        usage: { prompt_tokens: 2, total_tokens: 2 },
      },
    }
    expect(await run('createEmbeddings', { model: 'e', texts: ['a', 'b'] })).toEqual({
      embeddings: [[1], [2]],
      model: 'e',
      tokens: 2,
    })
  })

  it('says in which way a text is harmful', async () => {
    const categories = { violence: true, hate: false }
    answer = {
      json: { model: 'm', results: [{ flagged: true, categories, category_scores: { violence: 0.9, hate: 0 } }] },
    }
    expect(await run('moderate', { text: 'x' })).toMatchObject({ isFlagged: true, categories: ['violence'] })
  })

  it('makes a file of an image, and a text of a recording', async () => {
    const files = createTestFiles()
    answer = { json: { created: 1, data: [{ b64_json: Buffer.from('png').toString('base64') }] } }
    expect(await run('generateImage', { prompt: 'x' }, { files })).toMatchObject({ image: { size: 3 } })
    const file = await files.write({ name: 'a.mp3', contentType: 'audio/mpeg', bytes: Buffer.from('sound') })
    answer = { json: { text: 'Hello' } }
    expect(await run('transcribe', { file, language: 'de' }, { files })).toEqual({ text: 'Hello' })
    const { headers, body } = stub.requests.at(-1) ?? { headers: {}, body: '' }
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(body).toMatch(/name="file"; filename="a.mp3"[\s\S]*sound[\s\S]*name="language"\r\n\r\nde/)
  })

  it('lists the models that fit, and all where none looks like it', async () => {
    const load = () => loadOptions(connector, { of: 'chat', field: 'model', auth: auth() })
    answer = { json: { object: 'list', data: [{ id: 'whisper-1' }, { id: 'gpt-4.1' }, { id: 'gpt-4o-audio' }] } }
    expect((await load()).options).toEqual([{ value: 'gpt-4.1', label: 'gpt-4.1' }])
    answer = { json: { data: [{ id: 'mistral-large' }] } }
    expect((await load()).options).toEqual([{ value: 'mistral-large', label: 'mistral-large' }])
  })

  const refusal = (status: number, code: string | null, headers = {}): StubAnswer => ({
    status,
    headers,
    json: { error: { message: 'Because.', type: 'x', param: null, code } },
  })

  it.each<[string, StubAnswer, object]>([
    ['a wrong key', refusal(401, 'invalid_api_key'), { kind: 'authentication', detail: 'Because.' }],
    ['an empty account', refusal(429, 'insufficient_quota'), { kind: 'limit', retryable: false }],
    [
      'too many requests',
      refusal(429, 'rate_limit_exceeded', { 'retry-after-ms': '1200' }),
      { kind: 'rate_limited', retryAfterMs: 1200 },
    ],
    [
      'used up tokens',
      refusal(429, 'rate_limit_exceeded', {
        'x-ratelimit-remaining-requests': '9',
        'x-ratelimit-reset-requests': '1h',
        'x-ratelimit-remaining-tokens': '0',
        'x-ratelimit-reset-tokens': '1m2.5s',
      }),
      { kind: 'rate_limited', retryAfterMs: 62_500 },
    ],
    ['a question that is too long', refusal(400, 'context_length_exceeded'), { kind: 'limit' }],
    ['an unknown model', refusal(404, 'model_not_found'), { kind: 'validation' }],
    ['a broken server', refusal(500, null), { kind: 'communication', retryable: true }],
    ['a web page', { text: '<html>' }, { kind: 'communication' }],
  ])('understands %s', async (_, given, error) => {
    answer = given
    await expect(run('chat', { model: 'm', prompt: 'x' })).rejects.toMatchObject(error)
    await expect(testConnection(connector, { auth: auth() })).rejects.toMatchObject(error)
  })
})

describeConnectorContract(connector, { describe, it, expect })
