import { type JsonObject, jsonObject } from '@inlay/sdk/connector'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FRAME, FrameReader, frameOf } from './frames.js'
import { readProperties, writeProperties } from './properties.js'
import { WireReader, WireWriter } from './wire.js'

const name = fc.string({ maxLength: 60 }).filter((text) => text !== '__proto__')
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
/** -0 is 0 for whole numbers. */
const plain = (given: unknown): JsonObject => jsonObject.parse(JSON.parse(JSON.stringify(given)))

describe('what AMQP puts on the wire', () => {
  it('reads headers as they were written', () => {
    const dictionary = fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true })
    fc.assert(
      fc.property(dictionary, (given) => {
        const headers = plain(given)
        const properties = { content_type: 'a/b', headers, priority: 9, timestamp: 1_780_000_000 }
        expect(plain(readProperties(writeProperties(properties)))).toEqual(properties)
      }),
    )
  })

  it('takes frames however they arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), fc.integer({ min: 1, max: 20 }), (payloads, size) => {
        const bytes = Buffer.concat(payloads.map((payload) => frameOf(FRAME.body, 1, Buffer.from(payload))))
        const reader = new FrameReader()
        const frames = []
        for (let at = 0; at < bytes.length; at += size) frames.push(...reader.push(bytes.subarray(at, at + size)))
        expect(frames.map(({ payload }) => new Uint8Array(payload))).toEqual(payloads)
      }),
    )
  })

  it('fails on what is no AMQP, and on what ends too early', () => {
    expect(() => new FrameReader().push(Buffer.from('HTTP/1.1 400 Bad Request'))).toThrow('does not speak AMQP')
    expect(() => writeProperties({ headers: { ['n'.repeat(256)]: 1 } })).toThrow('too long')
    const cut = new WireWriter().table({ a: 'text' }).bytes().subarray(0, 9)
    expect(() => new WireReader(cut).table()).toThrow(RangeError)
  })
})
