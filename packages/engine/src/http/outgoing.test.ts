import { describe, expect, it } from 'vitest'
import type { JsonInput } from '../contracts/connector.js'
import { toOutgoing, toRedirected } from './outgoing.js'

const post = toOutgoing({ method: 'POST', url: 'https://a.example/in', json: { a: 1 } }, 'Test/1')

describe('a redirect', () => {
  it.each([
    [301, 'POST', 'GET', null],
    [302, 'POST', 'GET', null],
    [303, 'PUT', 'GET', null],
    [303, 'HEAD', 'HEAD', '{"a":1}'],
    [307, 'POST', 'POST', '{"a":1}'],
    [308, 'PATCH', 'PATCH', '{"a":1}'],
    [302, 'DELETE', 'DELETE', '{"a":1}'],
  ] as const)('with %i of a %s is followed by a %s', (status, method, next, body) => {
    const redirected = toRedirected({ ...post, method }, status, '/next')
    expect(redirected).toMatchObject({ method: next, body })
    expect(redirected.url.href).toBe('https://a.example/next')
    expect(redirected.headers['content-type']).toBe(body === null ? undefined : 'application/json')
  })

  it.each([
    ['http://a.example/', 'rejected'],
    ['file:///etc/passwd', 'validation'],
    ['gopher://a.example/', 'validation'],
    ['https://user:secret@b.example/', 'validation'],
    ['https://', 'communication'],
  ])('to %s is refused', (location, kind) => {
    expect(() => toRedirected(post, 302, location)).toThrow(expect.objectContaining({ kind }))
  })

  it('to another origin leaves keys behind, whatever header they are in', () => {
    const given = toOutgoing({ url: 'https://a.example/', headers: { 'X-Api-Key': 'k', Range: 'bytes=0-1' } }, 'Test/1')
    expect(toRedirected(given, 302, 'https://a.example/b').headers).toMatchObject({ 'x-api-key': 'k' })
    expect(Object.keys(toRedirected(given, 302, 'https://b.example/').headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'range',
      'user-agent',
    ])
  })
})

describe('a request', () => {
  it('repeats the name of a query parameter for each item of a list, and leaves undefined ones out', () => {
    const query = { id: [1, 'b c', true], none: undefined, empty: [], q: '' }
    const { url } = toOutgoing({ url: 'https://a.example/x?y=1', query }, 'Test/1')
    expect(url.href).toBe('https://a.example/x?y=1&id=1&id=b+c&id=true&q=')
  })

  it('carries bytes as they are, and says nothing of what they are', () => {
    const bytes = new Uint8Array([0, 128, 255])
    const { body, headers } = toOutgoing({ method: 'PUT', url: 'https://a.example/', bytes }, 'Test/1')
    expect(body).toBe(bytes)
    expect(headers['content-type']).toBeUndefined()
  })

  it('has one body at most, and one that can be written', () => {
    const invalid = expect.objectContaining({ kind: 'validation' })
    expect(() => toOutgoing({ url: 'https://a.example/', json: 1, text: '1' }, 'Test/1')).toThrow(invalid)
    const circle: { [key: string]: JsonInput } = {}
    circle['self'] = circle
    expect(() => toOutgoing({ url: 'https://a.example/', json: circle }, 'Test/1')).toThrow(invalid)
  })
})
