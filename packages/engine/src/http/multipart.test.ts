import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MultipartPart } from '../contracts/connector.js'
import { encodeMultipart } from './multipart.js'
import { toOutgoing } from './outgoing.js'

/** Reads a body back as servers do. */
function read(parts: readonly MultipartPart[]): Promise<FormData> {
  const { content, contentType = '' } = encodeMultipart(parts)
  return new Response(Uint8Array.from(Buffer.from(content)), { headers: { 'content-type': contentType } }).formData()
}

/** Readers turn these three back; a name that holds them itself cannot be told from one that was escaped. */
const asRead = (name: string): string => name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')

const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom('a"; filename="b', 'a\r\ncontent-type: text/html\r\n\r\nx', '--', 'ä/ö\\ü', '%22'),
)
const bytes = fc.uint8Array({ maxLength: 300 })
const part: fc.Arbitrary<MultipartPart> = fc.oneof(
  fc.record({ name, text: fc.string({ unit: 'grapheme' }) }),
  fc.record({ name, fileName: name, bytes, contentType: fc.constantFrom('image/png', 'text/csv; charset=utf-8') }),
)

describe('a multipart body', () => {
  it('gives a server each part as it was, whatever names and contents hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        // A form without fields has no standard form that every reader takes.
        if (parts.length === 0) return
        const entries = [...(await read(parts))]
        expect(entries.map(([given]) => given)).toEqual(parts.map((sent) => asRead(sent.name)))
        for (const [index, [, value]] of entries.entries()) {
          const sent = parts[index] as MultipartPart
          if (typeof value === 'string')
            expect({ text: value }).toMatchObject('text' in sent ? { text: sent.text } : {})
          else if ('bytes' in sent) {
            expect(value.name).toBe(asRead(sent.fileName))
            expect(new Uint8Array(await value.arrayBuffer())).toEqual(sent.bytes)
          }
        }
      }),
    )
  })

  it('is of the type application/octet-stream where nothing is said of a file', async () => {
    const form = await read([{ name: 'f', bytes: new Uint8Array([0, 255]), fileName: 'a.bin' }])
    expect((form.get('f') as File).type).toBe('application/octet-stream')
  })

  it.each(['text/html\r\nx: y', '', 'ä'])('with a file of the type %j is refused', (contentType) => {
    const file = { name: 'f', bytes: new Uint8Array(), fileName: 'f', contentType }
    expect(() => encodeMultipart([file])).toThrow(expect.objectContaining({ kind: 'validation' }))
  })

  it('keeps the type that names its boundary', () => {
    const request = { url: 'https://a.example/', multipart: [{ name: 'a', text: 'b' }] }
    const { headers } = toOutgoing({ ...request, headers: { 'Content-Type': 'multipart/form-data' } }, 'Test/1')
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=inlay-[0-9a-f]{48}$/)
  })
})
