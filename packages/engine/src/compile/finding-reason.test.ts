import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { findingReason } from './finding-reason.js'

const request = z.strictObject({
  name: z.string().min(1).max(5),
  mail: z.email().optional(),
  count: z.int().max(9).optional(),
  kind: z.enum(['a', 'b']).optional(),
  either: z.union([z.string(), z.number()]).optional(),
  tags: z
    .array(z.string())
    .refine((tags) => new Set(tags).size === tags.length, 'must not repeat')
    .optional(),
})

function reasonsOf(value: unknown) {
  const parsed = request.safeParse(value)
  return parsed.success ? [] : parsed.error.issues.map((issue) => findingReason(issue))
}

describe('what is wrong with a request', () => {
  it.each([
    [{}, { code: 'field.missing' }],
    [{ name: 1 }, { code: 'field.wrong_type', details: { type: 'text' } }],
    [{ name: '' }, { code: 'field.empty' }],
    [{ name: 'abcdef' }, { code: 'field.too_long', details: { limit: 5 } }],
    [
      { name: 'a', mail: 'x' },
      { code: 'field.wrong_format', details: { format: 'email' } },
    ],
    [
      { name: 'a', count: 10 },
      { code: 'field.above_maximum', details: { limit: 9 } },
    ],
    [
      { name: 'a', kind: 'c' },
      { code: 'field.not_allowed', details: { allowed: ['a', 'b'] } },
    ],
    [{ name: 'a', either: true }, { code: 'field.wrong_form' }],
    [
      { name: 'a', odd: 1 },
      { code: 'field.unknown', details: { name: 'odd' } },
    ],
  ])('%j has a code and its facts', (value, reason) => {
    expect(reasonsOf(value)).toEqual([expect.objectContaining(reason)])
  })

  it('is left to the words of a schema that has some', () => {
    expect(reasonsOf({ name: 'a', tags: ['x', 'x'] })).toEqual([undefined])
  })
})
