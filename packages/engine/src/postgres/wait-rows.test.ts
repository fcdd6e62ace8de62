import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import { isMatch, keyOfPayload, toWaitChanges } from './wait-rows.js'

/** The path and the key by which a wait with this match is looked up. */
function lookupOf(match: JsonObject): [path: string, key: string] {
  const record = { stepPath: 'w', iteration: '0', type: 'wait', status: 'waiting', attempt: 1, startedAt: 1 } as const
  const wait = { kind: 'event', name: 'e', match } as const
  const [row] = toWaitChanges([{ ...record, seq: 0, at: 1, wait }], ['run', 'ten', 'cus']).opened
  return [row?.[8] ?? '', row?.[9] ?? '']
}

it.each<[string, JsonValue, JsonObject]>([
  ['a field of an object', { order: { id: 7 } }, { 'order.id': 7 }],
  ['an item of a list', { lines: ['a', 'b'] }, { 'lines.1': 'b' }],
  ['null', { a: null }, { a: null }],
  ['a list', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
  ['an object whatever the order of its fields', { a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }],
  ['all of several fields', { a: 1, b: { c: 'x' } }, { 'b.c': 'x', a: 1 }],
  ['nothing in particular', 'anything', {}],
])('a match finds %s', (_, payload, match) => {
  expect(isMatch(payload, match)).toBe(true)
  const [path, key] = lookupOf(match)
  expect(keyOfPayload(payload, path)).toBe(key)
})

it.each<[string, JsonValue, JsonObject]>([
  ['another type', { a: '7' }, { a: 7 }],
  ['what is absent', { b: 1 }, { a: null }],
  ['the length of a list', { a: [1, 2] }, { 'a.length': 2 }],
  ['what every object inherits', {}, { constructor: {} }],
  ['a longer list', { a: [1, 2] }, { a: [1] }],
  ['a list in the place of an object', { a: [] }, { a: {} }],
  ['a field of a text', { a: 'bc' }, { 'a.0': 'b' }],
  ['only one of two fields', { a: 1, b: 3 }, { a: 1, b: 2 }],
])('a match does not take %s', (_, payload, match) => {
  expect(isMatch(payload, match)).toBe(false)
})

it('a wait is looked up by a key that its event has, whatever they hold', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('.'))
  fc.assert(
    fc.property(fc.dictionary(name, fc.jsonValue(), { minKeys: 1, noNullPrototype: true }), (payload) => {
      // What comes from JSON text, as payloads do.
      const event = JSON.parse(JSON.stringify(payload)) as JsonObject
      const [path, key] = lookupOf(event)
      expect(isMatch(event, event)).toBe(true)
      expect(keyOfPayload(event, path)).toBe(key)
    }),
  )
})

it('a payload that is too deep for recursion is no trouble', () => {
  let deep: JsonValue = 1
  for (let level = 0; level < 100_000; level++) deep = [deep]
  expect(isMatch({ a: deep }, { a: [[1]] })).toBe(false)
  expect(keyOfPayload({ a: deep }, '"a"')).toBeDefined()
})
