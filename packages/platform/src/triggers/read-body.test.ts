import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { UserError } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { MAX_BODY_BYTES, parseBody, parseFields, parseJson, readRawBody } from './read-body.js'

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return error instanceof UserError ? error.code : String(error)
  }
}

/** A request's stream and headers are all that is read. */
function requestOf(chunks: readonly Buffer[]): IncomingMessage {
  return Object.assign(Readable.from(chunks), { headers: {} }) as unknown as IncomingMessage
}

describe('a body', () => {
  it.each<[string, string, string, unknown]>([
    ['JSON', 'application/json; charset=utf-8', '{"a":[1]}', { a: [1] }],
    ['JSON of another name', 'application/cloudevents+json', '{"a":1}', { a: 1 }],
    ['JSON without a type', '', ' [1]', [1]],
    ['a form', 'application/x-www-form-urlencoded', 'a=1&b=x%20y&a=2', { a: ['1', '2'], b: 'x y' }],
    ['text', 'text/plain', '{"a":1}', '{"a":1}'],
    ['anything else', 'application/xml', '<a/>', '<a/>'],
    ['nothing', 'application/json', '', null],
  ])('that is %s is read as what it is', (_name, type, text, expected) => {
    expect(parseBody(Buffer.from(text), type)).toEqual(expected)
  })

  it.each<[string, string, string, string]>([
    ['is cut off', 'application/json', '{"a":', 'request.malformed'],
    ['is no JSON', 'application/json', 'hello', 'request.malformed'],
    ['holds U+0000 in a string', 'application/json', '{"a":"x\\u0000y"}', 'request.malformed'],
    ['holds U+0000 in a name', 'application/json', '{"\\u0000":1}', 'request.malformed'],
    ['holds U+0000 in a form', 'application/x-www-form-urlencoded', 'a=%00', 'request.malformed'],
    ['holds U+0000 in text', 'text/plain', 'a\0b', 'request.malformed'],
    ['is nested too deep', 'application/json', '['.repeat(65) + ']'.repeat(65), 'request.too_deep'],
    ['is a million brackets', 'application/json', '['.repeat(1_000_000), 'request.too_deep'],
  ])('that %s is refused', (_name, type, text, code) => {
    expect(codeOf(() => parseBody(Buffer.from(text), type))).toBe(code)
  })

  it('may hold brackets, quotes and escaped backslashes in its strings', () => {
    const value = { a: '['.repeat(100), b: 'say \\"{[', c: '\\', d: 'a\\\\u0000 b' }
    expect(parseJson(JSON.stringify(value))).toEqual(value)
    expect(parseJson('["\\\\u0000"]')).toEqual(['\\u0000'])
  })

  it('with the name __proto__ changes no prototype', () => {
    const fields = parseFields('__proto__=x&__proto__=y', 'query')
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
    expect(Object.entries(fields)).toEqual([['__proto__', ['x', 'y']]])
  })

  it('of the largest size is read whole, one byte more is refused', async () => {
    const half = Buffer.alloc(MAX_BODY_BYTES / 2, 'a')
    expect(await readRawBody(requestOf([half, half]))).toHaveLength(MAX_BODY_BYTES)
    await expect(readRawBody(requestOf([half, half, Buffer.from('b')]))).rejects.toMatchObject({
      code: 'request.too_large',
    })
  })

  it('of a connection that is gone is refused, not waited for', async () => {
    const request = requestOf([Buffer.from('x')])
    request.destroy()
    await expect(readRawBody(request)).rejects.toMatchObject({ code: 'request.incomplete' })
  })
})
