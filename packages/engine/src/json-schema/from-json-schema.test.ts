import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { JsonObject } from '../contracts/json.js'
import { isBoundedPattern } from './enforceable-schema.js'
import { fromJsonSchema } from './from-json-schema.js'

/** Schemas whose JSON Schemas say all that they check. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  text: z.string().min(2).max(5),
  code: z.string().regex(/^[A-Z]{2}-[0-9]{1,4}$/),
  whole: z.int().min(-3).max(12),
  number: z.number().gt(0).lt(10),
  choice: z.enum(['a', 'b']),
  literal: z.literal([1, 'x', null]),
  list: z.array(z.boolean()).min(1).max(3),
  pair: z.tuple([z.string(), z.number()]),
  nullable: z.number().nullable(),
  record: z.record(z.string(), z.number()),
  closed: z.strictObject({ a: z.string(), b: z.number().optional() }),
  open: z.looseObject({ a: z.string(), deep: z.looseObject({ c: z.array(z.looseObject({ d: z.int() })) }).optional() }),
  either: z.union([z.strictObject({ kind: z.literal('x'), x: z.number() }), z.strictObject({ kind: z.literal('y') })]),
  both: z.intersection(z.looseObject({ a: z.string() }), z.looseObject({ b: z.string() })),
}

const near = fc.oneof(
  fc.constantFrom<unknown>(
    'a',
    'b',
    'AB-12',
    1,
    'x',
    null,
    [true],
    ['s', 1],
    { a: 'x' },
    { a: 'x', b: 1 },
    { a: 'x', b: 'y' },
  ),
  fc.constantFrom<unknown>(
    { kind: 'x', x: 1 },
    { kind: 'y' },
    { a: 'x', deep: { c: [{ d: 1 }] } },
    { a: 'x', deep: { c: [{ d: 'e' }] } },
  ),
  fc.jsonValue(),
)

describe('fromJsonSchema', () => {
  it.each(Object.keys(SCHEMAS))('agrees with zod on the JSON Schema of "%s"', (name) => {
    const schema = SCHEMAS[name] ?? expect.unreachable()
    // A plain object of a JSON Schema is what toJSONSchema gives.
    const derived = fromJsonSchema(z.toJSONSchema(schema) as JsonObject)
    fc.assert(
      fc.property(near, (value) => {
        expect(derived.safeParse(value).success).toBe(schema.safeParse(value).success)
      }),
      { numRuns: 300 },
    )
  })

  it('says where the fault is', () => {
    const schema = fromJsonSchema({
      type: 'object',
      properties: {
        lines: {
          type: 'array',
          items: { type: 'object', required: ['a/b'], properties: { 'a/b': { type: 'string' } } },
        },
      },
    })
    const issues = schema.safeParse({ lines: [{ 'a/b': 'x' }, { 'a/b': 1 }] }).error?.issues ?? []
    expect(issues.at(-1)).toMatchObject({
      path: ['lines', '1', 'a/b'],
      message: 'Invalid input: expected string, received number',
    })
  })

  it('finds what zod would find, by the same codes', () => {
    const schema = fromJsonSchema({
      type: 'object',
      required: ['name', 'mail'],
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        mail: { type: 'string', format: 'email' },
        size: { $ref: '#/$defs/size' },
        either: { anyOf: [{ type: 'string' }, { type: 'number' }] },
        kind: { enum: ['a', 'b'] },
      },
      $defs: { size: { type: 'integer', exclusiveMinimum: 0 } },
    })
    const found = (value: JsonObject) =>
      schema.safeParse(value).error?.issues.map(({ code, path }) => `${path.join('/')} ${code}`)
    expect(found({})).toEqual(['name invalid_type', 'mail invalid_type'])
    expect(found({ name: 'x', mail: 'y', size: 0, either: true, kind: 'c' })).toEqual([
      'mail invalid_format',
      'size too_small',
      'either invalid_union',
      'kind invalid_value',
    ])
    expect(schema.safeParse({ name: 'x', mail: 'x@y.test', more: 1 }).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['more'], path: [] },
    ])
    expect(schema.safeParse({ name: 'x', mail: 'x@y.test', size: 0 }).error?.issues[0]).toMatchObject({
      code: 'too_small',
      minimum: 0,
      inclusive: false,
    })
  })

  it('shows forms the document itself, within others too', () => {
    const document = {
      type: 'object',
      title: 'Order',
      id: 'order',
      properties: { a: { type: 'string', 'x-inlay-options': true } },
    }
    const { id: _, ...shown } = document
    const show = (type: z.ZodType) => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' })
    expect(show(fromJsonSchema(document))).toMatchObject(shown)
    // Twice the same `id` would be refused by zod's registry.
    const both = z.object({ a: fromJsonSchema(document), b: fromJsonSchema(document).optional() })
    expect(show(both)).toMatchObject({ properties: { a: shown, b: shown }, required: ['a'] })
    expect(both.safeParse({}).error?.issues).toMatchObject([{ path: ['a'], message: 'is required' }])
  })

  it('refuses values that are no JSON, and documents that cannot be used, without throwing', () => {
    expect(fromJsonSchema({}).safeParse(() => 1).success).toBe(false)
    expect(fromJsonSchema({ $ref: '#/nowhere' }).safeParse(1).success).toBe(false)
    expect(fromJsonSchema({ $ref: '#' }).safeParse(1).success).toBe(false)
    expect(fromJsonSchema({ $ref: 'https://elsewhere.test/schema' }).safeParse(1).success).toBe(false)
  })

  it('leaves the document as it was, so that a frozen one works', () => {
    const document = Object.freeze({
      type: 'object',
      properties: Object.freeze({ a: Object.freeze({ type: 'string' }) }),
    })
    expect(fromJsonSchema(document).safeParse({ a: 'x' }).success).toBe(true)
  })

  it('shows a pattern that could run for hours, and does not enforce it', () => {
    const document = {
      properties: { slow: { pattern: '^(a+)+$' }, quick: { pattern: '^a+$' }, pattern: { type: 'string' } },
      patternProperties: { '(x+x+)+y': { type: 'number' } },
    }
    const schema = fromJsonSchema(document)
    expect(schema.safeParse({ slow: `${'a'.repeat(50)}!`, [`${'x'.repeat(50)}!`]: 'text' }).success).toBe(true)
    expect(schema.safeParse({ quick: 'b' }).success).toBe(false)
    expect(schema.safeParse({ pattern: 1 }).success).toBe(false)
    expect(z.toJSONSchema(schema, { unrepresentable: 'any' })).toMatchObject(document)
  })
})

describe('isBoundedPattern', () => {
  it.each([
    '^[a-z]+$',
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^([A-Z]{2}-)?\\d{1,9}$',
    'abc|def',
    '^(?:sk|pk)_[a-z*+]*$',
    '^(ab){3}$',
    '^\\(a+\\)$',
  ])('takes %s', (pattern) => {
    expect(isBoundedPattern(pattern)).toBe(true)
  })

  it.each([
    '^(a+)+$',
    '^(a|a)*$',
    '^(a?){50}a{50}$',
    '^((a{0,100})){0,100}$',
    '^(([a-z])+.)+$',
    'a+$',
    '^a*a*a*$',
    '^(?:(?:a|b)c){1,30}$',
    `^${'a?'.repeat(40)}${'a'.repeat(40)}$`,
    '(',
    '^(?=(a+))(?:x|y)*$',
  ])('refuses %s', (pattern) => {
    expect(isBoundedPattern(pattern)).toBe(false)
  })
})
