import { describe, expect, it } from 'vitest'
import { answerHeaders, requestHeaders } from './passed-headers.js'

const asIs = (text: string): string => text

describe('headers that are passed on', () => {
  it('to the service say how to answer, and nothing of who asks', () => {
    const given = {
      accept: 'application/json',
      'content-type': 'text/csv',
      'idempotency-key': 'k',
      'if-none-match': '"e"',
      prefer: 'return=minimal',
      range: 'bytes=0-9',
      'x-github-api-version': '2022-11-28',
      'x-tag': ['a', 'b'],
    }
    const kept = {
      authorization: 'Bearer ink',
      cookie: 'a=b',
      host: 'inlay.example',
      connection: 'x-tag',
      'proxy-authorization': 'x',
      'transfer-encoding': 'chunked',
      'content-length': '3',
      forwarded: 'for=1.2.3.4',
      via: '1.1 x',
      origin: 'https://a.example',
      referer: 'https://a.example',
      traceparent: '00-1',
      'accept-encoding': 'gzip',
      'user-agent': 'curl',
      'x-forwarded-for': '1.2.3.4',
      'x-real-ip': '1.2.3.4',
      'x-original-url': '/admin',
      'x-rewrite-url': '/admin',
      'x-http-method-override': 'DELETE',
      'x-api-key': 'k',
      'x-auth-token': 't',
      'x-amz-security-token': 't',
      'x-proxy-base': 'https://a.example',
      'x-undefined': undefined,
    }
    expect(requestHeaders({ ...given, ...kept })).toEqual({ ...given, 'x-tag': 'a, b' })
  })

  it('to the caller hold no cookies, no credentials and nothing that servers on the way would obey', () => {
    const given = {
      'content-type': 'application/json',
      etag: '"e"',
      link: '<https://api.example.com/?page=2>; rel="next"',
      'retry-after': '3',
      'x-ratelimit-remaining': '0',
      'x-total-count': '12',
    }
    const kept = {
      'set-cookie': 'a=b',
      'www-authenticate': 'Bearer',
      authorization: 'x',
      'content-encoding': 'gzip',
      'content-length': '9',
      'transfer-encoding': 'chunked',
      connection: 'close',
      'content-security-policy': 'default-src *',
      'access-control-allow-origin': '*',
      'strict-transport-security': 'max-age=0',
      'x-accel-redirect': '/internal',
      'x-sendfile': '/etc/passwd',
      'x-content-type-options': 'none',
      'x-request-id': 'theirs',
      'x-subject-token': 't',
      'x-session-id': 's',
    }
    expect(answerHeaders({ ...given, ...kept }, asIs)).toEqual(given)
  })
})
