import { describe, expect, it } from 'vitest'
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
