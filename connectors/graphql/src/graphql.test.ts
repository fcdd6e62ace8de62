import type { JsonValue } from '@inlay/sdk/connector'
import {
  describeConnectorContract,
  loadSchema,
  pollTrigger,
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

const auth = () => ({ kind: 'bearer' as const, token: 'test-token', fields: { endpoint: `${stub.url}/graphql?v=2` } })
const query = 'query Order($id: ID!) { order(id: $id) { total } }'
const run = (more: object = {}) => runAction(connector, 'execute', { input: { query, ...more }, auth: auth() })

describe('graphql', () => {
  it('sends the operation to the address of the connection, with its credentials', async () => {
    answer = { json: { data: { order: { total: 42 } } } }
    expect(await run({ variables: { id: 'A' } })).toEqual({ data: { order: { total: 42 } }, errors: [] })
    const request = stub.requests.at(-1)
    expect(request).toMatchObject({
      method: 'POST',
      url: '/graphql?v=2',
      headers: { authorization: 'Bearer test-token' },
    })
    expect(JSON.parse(request?.body ?? '')).toEqual({ query, variables: { id: 'A' } })
  })

  it('puts a key into the header that the connection names', async () => {
    answer = { json: { data: {} } }
    const key = { kind: 'apiKey' as const, apiKey: 'k', fields: { endpoint: stub.url, header: 'x-acme' } }
    await runAction(connector, 'execute', { input: { query }, auth: key })
    expect(stub.requests.at(-1)?.headers).toMatchObject({ 'x-acme': 'k' })
  })

  it('makes a form of the variables', async () => {
    const asked = 'query A { a } mutation B($id: ID!, $n: [Int!] = [1], $order: OrderInput) { b }'
    const load = (input: { query: string; operationName?: string }) =>
      loadSchema(connector, { of: 'execute', field: 'variables', auth: auth(), input })
    expect(await load({ query: asked, operationName: 'B' })).toEqual({
      type: 'object',
      properties: {
        id: { title: 'id', type: 'string' },
        n: { title: 'n', type: 'array', items: { type: 'integer' } },
        order: { title: 'order', description: 'OrderInput' },
      },
      required: ['id'],
      additionalProperties: false,
    })
    await expect(load({ query: 'query {' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('gives errors beside data when asked to, and fails on them otherwise', async () => {
    answer = { json: { data: { a: null }, errors: [{ message: 'No access', path: ['a', 0] }] } }
    expect(await run({ failOnErrors: false })).toEqual({
      data: { a: null },
      errors: [{ message: 'No access', path: 'a.0' }],
    })
    await expect(run()).rejects.toMatchObject({ kind: 'rejected', detail: 'a.0: No access' })
  })

  it.each<[string, StubAnswer, object]>([
    [
      'UNAUTHENTICATED',
      { json: { errors: [{ message: 'Who?', extensions: { code: 'UNAUTHENTICATED' } }] } },
      { kind: 'authentication' },
    ],
    [
      'THROTTLED',
      { json: { data: null, errors: [{ message: 'Slow', extensions: { code: 'THROTTLED' } }] } },
      { kind: 'rate_limited' },
    ],
    [
      'an error with status 400',
      { status: 400, json: { errors: [{ message: 'Unknown field' }] } },
      { kind: 'rejected' },
    ],
    ['a refusal by status', { status: 401, json: { message: 'no' } }, { kind: 'authentication' }],
    ['a web page', { text: '<html>' }, { kind: 'communication', retryable: false }],
    ['other JSON', { json: { hello: 1 } }, { kind: 'communication', retryable: false }],
    ['a broken server', { status: 503 }, { kind: 'communication', retryable: true }],
  ])('understands %s', async (_, given, error) => {
    answer = given
    await expect(run()).rejects.toMatchObject(error)
    await expect(testConnection(connector, { auth: auth() })).rejects.toMatchObject(error)
  })

  it('says what is wrong with an operation before it asks', async () => {
    const asked = stub.requests.length
    await expect(run({ query: '{' })).rejects.toMatchObject({ kind: 'validation' })
    expect(stub.requests.length).toBe(asked)
  })

  it('starts for each new item of a list', async () => {
    const input = { query: '{ orders { nodes { id } } }', items: 'orders.nodes' }
    const poll = (more: { cursor?: JsonValue }) => pollTrigger(connector, 'newItem', { input, auth: auth(), ...more })
    answer = { json: { data: { orders: { nodes: [{ id: 1 }] } } } }
    const first = await poll({})
    answer = { json: { data: { orders: { nodes: [{ id: 1 }, { id: 2 }] } } } }
    expect((await poll({ cursor: first.cursor })).items).toEqual([{ id: '2', data: { item: { id: 2 } } }])
    answer = { json: { data: { orders: null } } }
    await expect(poll({})).rejects.toMatchObject({ kind: 'validation' })
  })
})

describeConnectorContract(connector, { describe, it, expect })
