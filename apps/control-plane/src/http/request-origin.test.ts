import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { addressOf, isOwnPage } from './request-origin.js'

/** As much of a request as these functions look at. */
function requestWith(headers: Record<string, string>): IncomingMessage {
  return { headers, socket: { remoteAddress: '10.0.0.9' } } as unknown as IncomingMessage
}

describe('isOwnPage', () => {
  it.each([
    ['http://localhost:4400', { host: 'localhost:4400' }, true],
    ['http://localhost:4400', { host: '127.0.0.1:4400', origin: 'http://127.0.0.1:4400' }, true],
    ['https://a.example', { host: 'a.example', origin: 'https://a.example' }, true],
    // A proxy ended TLS; the page itself was encrypted, and its plain twin is another origin.
    ['https://a.example', { host: 'a.example', origin: 'http://a.example' }, false],
    ['http://localhost:4400', { host: 'localhost:4400', origin: 'http://localhost:4500' }, false],
    ['http://localhost:4400', { host: 'localhost:4400', origin: 'null' }, false],
  ])('under %s says of %j: %s', (baseUrl, headers, expected) => {
    expect(isOwnPage(requestWith(headers), baseUrl)).toBe(expected)
  })
})

describe('addressOf', () => {
  const forged = { 'x-forwarded-for': '1.1.1.1, 192.0.2.7' }

  it('believes nobody unless proxies are trusted', () => {
    expect(addressOf(requestWith(forged), 0)).toBe('10.0.0.9')
  })

  it('takes what the trusted proxies added, not what the client claims', () => {
    expect(addressOf(requestWith(forged), 1)).toBe('192.0.2.7')
    expect(addressOf(requestWith({}), 1)).toBe('10.0.0.9')
  })
})
