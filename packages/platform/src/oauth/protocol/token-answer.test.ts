import { type HttpResponse, isInlayError, type JsonObject } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { readTokenAnswer } from './token-answer.js'
import { oauthFailureOf } from './token-errors.js'

const JSON_TYPE = 'application/json'

function response(status: number, body: JsonObject | string, type = JSON_TYPE): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = { 'content-type': type }
  return { status, headers, text, bytes: Buffer.from(text), json: () => JSON.parse(text) }
}

function read(status: number, body: JsonObject | string, type?: string) {
  return readTokenAnswer(response(status, body, type), { secrets: ['the-code', 'the-secret'] })
}

function refusal(status: number, body: JsonObject | string, type?: string) {
  try {
    return read(status, body, type)
  } catch (error) {
    if (!isInlayError(error)) throw error
    return { code: error.code, failure: oauthFailureOf(error), text: `${error.message} ${error.detail}` }
  }
}

describe('answers of token endpoints', () => {
  it('are read as RFC 6749 has them', () => {
    const answer = read(200, {
      access_token: 'a',
      token_type: 'bearer',
      refresh_token: 'r',
      expires_in: 3600,
      scope: 'read write',
      instance_url: 'https://eu.example.com',
    })
    expect(answer).toEqual({
      accessToken: 'a',
      refreshToken: 'r',
      expiresInMs: 3_600_000,
      scopes: ['read', 'write'],
      extra: { token_type: 'bearer', instance_url: 'https://eu.example.com' },
    })
  })

  it.each([
    [
      'a form, as GitHub sends it',
      'access_token=a&scope=repo%2Cgist&token_type=bearer',
      'application/x-www-form-urlencoded',
    ],
    ['a form under the wrong type', 'access_token=a&scope=repo,gist&token_type=bearer', 'text/plain'],
    ['JSON under the wrong type', '{"access_token":"a","scope":"repo,gist","token_type":"bearer"}', 'text/html'],
    ['scopes as a list', '{"access_token":"a","scope":["repo","gist"],"token_type":"bearer"}', JSON_TYPE],
  ])('are read when they are %s', (_what, body, type) => {
    const answer = { accessToken: 'a', scopes: ['repo', 'gist'], extra: { token_type: 'bearer' } }
    expect(read(200, body, type)).toEqual(answer)
  })

  it.each([
    ['3600', 3_600_000],
    [' 60 ', 60_000],
    [0, undefined],
    [-5, undefined],
    ['never', undefined],
    [null, undefined],
    [1e300, 315_360_000_000],
  ])('tell a lifetime as %j', (given, expected) => {
    expect(read(200, { access_token: 'a', expires_in: given }).expiresInMs).toBe(expected)
  })

  it('say that nothing or everything was granted', () => {
    expect(read(200, { access_token: 'a', scope: '' }).scopes).toEqual([])
    expect(read(200, { access_token: 'a' }).scopes).toBeUndefined()
  })

  it('leave no token in what actions see', () => {
    const { extra } = read(200, {
      ok: true,
      access_token: 'bot',
      id_token: 'id',
      team: { id: 'T1', name: 'Acme' },
      authed_user: { id: 'U1', access_token: 'user', refreshToken: 'r', secrets: [{ clientSecret: 's', n: 1 }] },
    })
    expect(extra).toEqual({
      ok: true,
      team: { id: 'T1', name: 'Acme' },
      authed_user: { id: 'U1', secrets: [{ n: 1 }] },
    })
  })

  it.each([
    [400, { error: 'invalid_grant' }, 'step.authentication', 'grant'],
    [200, { error: 'bad_verification_code' }, 'step.authentication', 'grant'],
    [200, { ok: false, error: 'invalid_refresh_token' }, 'step.authentication', 'grant'],
    [401, { error: 'invalid_client' }, 'step.authentication', 'client'],
    [401, {}, 'step.authentication', 'client'],
    [400, { error: 'invalid_scope' }, 'step.authorization', 'scope'],
    [400, { error: 'unsupported_grant_type' }, 'step.validation', 'request'],
    [400, { error: { type: 'OAuthException', message: 'Bad', code: 'invalid_grant' } }, 'step.authentication', 'grant'],
    [429, { error: 'invalid_grant' }, 'step.rate_limited', 'transient'],
    [503, '', 'step.communication', 'transient'],
    [502, '<html>Bad gateway</html>', 'step.communication', 'transient'],
    [400, { error: 'something_new' }, 'step.authentication', undefined],
    [200, {}, 'step.communication', undefined],
    [200, { access_token: '' }, 'step.communication', undefined],
    [200, { access_token: 7 }, 'step.communication', undefined],
    [200, '', 'step.communication', undefined],
    [200, '{"access_token":', 'step.communication', undefined],
    [200, '[]', 'step.communication', undefined],
    [302, '', 'step.communication', undefined],
  ] as const)('that refuse with %i %j have a kind', (status, body, code, failure) => {
    expect(refusal(status, body)).toMatchObject({ code, failure })
  })

  it('that are web pages are called that', () => {
    const page = refusal(200, '<!doctype html><title>Sign in</title>', 'text/html')
    expect(page).toMatchObject({ code: 'step.communication', text: expect.stringContaining('web page') })
  })

  it('are never quoted with what was sent', () => {
    const description = 'The code the-code of the-secret is old\u0000\n'
    const { text } = refusal(400, { error: 'invalid_grant', error_description: description }) as { text: string }
    expect(text).toContain('The code [hidden] of [hidden] is old')
    expect(text).not.toMatch(/the-code|the-secret|\p{C}/u)
  })
})
