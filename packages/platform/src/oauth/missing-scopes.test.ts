import type { AuthValues, Connector } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { assertScopes, missingScopes } from './missing-scopes.js'

const connector: Pick<Connector, 'name' | 'auth'> = {
  name: 'Service',
  auth: [
    {
      ...{ id: 'oauth2', kind: 'oauth2', name: 'Sign in', tokenUrl: 'https://service.example/token' },
      scopes: [{ scope: 'chat:write', description: 'Post messages' }],
    },
  ],
}
const post = { name: 'Post a message', scopes: ['chat:write', 'files:write'] }

function granted(scopes: readonly string[]): AuthValues {
  return { kind: 'oauth2', fields: {}, accessToken: 'a', scopes, extra: {} }
}

describe('scopes', () => {
  it('that an action needs and nobody granted are named', () => {
    expect(missingScopes({ kind: 'oauth2', scopes: ['files:write'] }, post)).toEqual(['chat:write'])
    expect(missingScopes({ kind: 'bearer', scopes: [] }, post)).toEqual([])
    expect(missingScopes({ kind: null, scopes: [] }, post)).toEqual([])
  })

  it('that are missing end an action with what to do', () => {
    expect(() => assertScopes(connector, post, granted(['chat:write', 'files:write']))).not.toThrow()
    expect(() => assertScopes(connector, post, { kind: 'bearer', token: 't', fields: {} })).not.toThrow()
    expect(() => assertScopes(connector, post, granted([]))).toThrowError(
      expect.objectContaining({
        kind: 'authorization',
        detail: 'Missing: "chat:write" (Post messages), "files:write". Connect the account again and allow them.',
      }),
    )
  })
})
