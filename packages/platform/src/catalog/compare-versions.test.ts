import type { JsonObject } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compareUse, type MemberUse } from './compare-versions.js'
import type { ConnectorSummary } from './schema.js'

interface Version {
  readonly input?: z.ZodType
  readonly output?: z.ZodType
  readonly scopes?: string[]
  readonly auth?: ConnectorSummary['auth']
  readonly connection?: ConnectorSummary['connection']
  readonly id?: string
}

const bearer: ConnectorSummary['auth'][number] = {
  id: 'bearer',
  kind: 'bearer',
  name: 'Token',
  help: null,
  schema: {},
  scopes: [],
}

function version(number: string, given: Version): ConnectorSummary {
  const { input = z.object({}), output = z.object({}), scopes = [], auth = [bearer], connection = 'required' } = given
  return {
    id: 'acme',
    version: number,
    name: 'Acme',
    description: '',
    icon: null,
    color: null,
    categories: [],
    docs: null,
    connection,
    auth,
    triggers: [],
    actions: [
      {
        id: given.id ?? 'send',
        name: 'Send',
        description: '',
        inputSchema: z.toJSONSchema(input, { io: 'input' }) as JsonObject,
        outputSchema: z.toJSONSchema(output, { io: 'input' }) as JsonObject,
        sampleInput: null,
        sampleOutput: null,
        scopes,
        dynamicOptions: {},
        dynamicSchemas: {},
        hasDynamicOutput: false,
      },
    ],
  }
}

const USE: MemberUse = { kind: 'action', member: 'send', input: {}, hasConnection: true, reads: [] }

function changes(from: Version, to: Version, use: Partial<MemberUse> = {}): string[] {
  const found = compareUse({ from: version('1.0.0', from), to: version('2.0.0', to) }, { ...USE, ...use })
  return found.map(({ level, code, message }) => `${level} ${code}: ${message}`)
}

const text = z.string()

describe('a new version', () => {
  it('of the same shape changes nothing', () => {
    const same = {
      input: z.object({ a: text, b: z.array(z.object({ c: z.number() })) }),
      output: z.object({ d: text }),
    }
    expect(changes(same, same, { input: { a: 'x', b: [{ c: 1 }] }, reads: [['d'], []] })).toEqual([])
  })

  it('without the action breaks its steps', () => {
    expect(changes({}, { id: 'post' })).toEqual([
      'breaking member_removed: The action "Send" is not part of version 2.0.0.',
    ])
  })

  it.each<[string, Version, Version, JsonObject, string[]]>([
    [
      'requires a field that the step lacks',
      { input: z.object({ a: text }) },
      { input: z.object({ a: text, b: text }) },
      { a: 'x' },
      ['breaking input_required: "b" is new, and required.'],
    ],
    [
      'requires a field that the step sets',
      { input: z.object({ a: text, b: text.optional() }) },
      { input: z.object({ a: text, b: text }) },
      { a: 'x', b: 'y' },
      ['safe input_required: "b" is required now.'],
    ],
    [
      'requires a field with a default',
      { input: z.object({}) },
      { input: z.object({ b: text.default('x') }) },
      {},
      ['safe input_added: "b" can be set.'],
    ],
    [
      'requires a field of items that are set',
      { input: z.object({ lines: z.array(z.object({ sku: text })) }) },
      { input: z.object({ lines: z.array(z.object({ sku: text, count: z.number() })) }) },
      { lines: [{ sku: '1' }] },
      ['breaking input_required: "lines[].count" is new, and required.'],
    ],
    [
      'requires a field inside of one that is not set',
      { input: z.object({ to: z.object({ name: text }).optional() }) },
      { input: z.object({ to: z.object({ name: text, mail: text }).optional() }) },
      {},
      [],
    ],
    [
      'drops a field that the step sets',
      { input: z.object({ a: text, b: text.optional() }) },
      { input: z.object({ a: text }) },
      { a: 'x', b: '{{ trigger.b }}' },
      ['breaking input_removed: "b" can no longer be set.'],
    ],
    [
      'drops a value that the step uses',
      { input: z.object({ a: z.enum(['x', 'y', 'z']) }) },
      { input: z.object({ a: z.enum(['x', 'y']) }) },
      { a: 'z' },
      ['breaking input_narrowed: "a" no longer admits "z".'],
    ],
    [
      'drops a value that the step does not use',
      { input: z.object({ a: z.enum(['x', 'y', 'z']) }) },
      { input: z.object({ a: z.enum(['x', 'y']) }) },
      { a: 'x' },
      ['safe input_narrowed: "a" no longer admits "z".'],
    ],
    [
      'wants a number where an expression stands',
      { input: z.object({ a: z.union([text, z.number()]) }) },
      { input: z.object({ a: z.number() }) },
      { a: '{{ trigger.a }}' },
      ['breaking input_narrowed: "a" has to be number, and was string or number.'],
    ],
    [
      'takes numbers where integers were',
      { input: z.object({ a: z.int() }) },
      { input: z.object({ a: z.number() }) },
      { a: 1 },
      [],
    ],
  ])('that %s', (_, from, to, input, expected) => {
    // Fields that are no longer required, or were optional, are no matter: whoever sets them may go on.
    expect(
      changes(from, to, { input }).filter((line) => !line.includes('input_added') || expected.includes(line)),
    ).toEqual(expected)
  })

  const order = z.object({ id: text, total: z.number(), lines: z.array(z.object({ sku: text, price: z.number() })) })

  it.each<[string, string[][], string]>([
    ['an expression reads it', [['total']], 'breaking'],
    ['an expression reads another', [['id']], 'safe'],
    ['an expression reads everything', [[]], 'breaking'],
    ['nothing is read', [], 'safe'],
  ])('without a field of the output, when %s, is told', (_, reads, level) => {
    const to = { output: order.omit({ total: true }) }
    expect(changes({ output: order }, to, { reads })).toEqual([
      `${level} output_removed: The output no longer has "total".`,
    ])
  })

  it.each<[string, string[]]>([
    ['by position', ['lines', '0', 'price']],
    ['by a method of the list', ['lines', 'map']],
    ['as a whole', ['lines']],
  ])('without a field of items that are read %s is told', (_, read) => {
    const to = { output: order.extend({ lines: z.array(z.object({ sku: text })) }) }
    expect(changes({ output: order }, to, { reads: [read] })).toEqual([
      'breaking output_removed: The output no longer has "lines[].price".',
    ])
  })

  it('whose output is of another type, can be missing, or is more, is told apart', () => {
    const to = { output: order.extend({ id: z.number(), total: z.number().optional(), note: text }) }
    expect(changes({ output: order }, to, { reads: [['id'], ['total']] })).toEqual([
      'breaking output_changed: "id" of the output is number now, and was string.',
      'breaking output_optional: "total" of the output can be missing now.',
      'safe output_added: The output now has "note".',
    ])
  })

  it('with other ways to connect, or further permissions, is told', () => {
    const oauth = { ...bearer, id: 'oauth2', kind: 'oauth2' as const, name: 'Sign in' }
    expect(changes({}, { auth: [oauth], scopes: ['chat:write'] })).toEqual([
      'breaking auth_changed: Connections made by "Token" can no longer be used: connect the account again.',
      'breaking scopes_added: It needs further permissions: chat:write. Connect the account again.',
    ])
    expect(changes({ connection: 'optional' }, {}, { hasConnection: false })).toEqual([
      'breaking connection_required: A connection is required now.',
    ])
  })

  it('whose schemas refer to themselves is compared all the same', () => {
    const tree: z.ZodType = z.lazy(() => z.object({ name: text, children: z.array(tree).optional() }))
    expect(changes({ output: tree }, { output: tree }, { reads: [['children', '0', 'name']] })).toEqual([])
  })
})
