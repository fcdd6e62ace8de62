import type { Connector } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { inPlainWords, missingScopes } from './missing-scopes.js'

const connector: Pick<Connector, 'auth'> = {
  auth: [
    {
      ...{ id: 'oauth2', kind: 'oauth2', name: 'Sign in', tokenUrl: 'https://service.example/token' },
      scopes: [{ scope: 'chat:write', description: 'Post messages' }],
    },
  ],
}
const post = { scopes: ['chat:write', 'files:write'] }

describe('scopes', () => {
  it('that an action needs and nobody granted are named', () => {
    expect(missingScopes({ kind: 'oauth2', scopes: ['files:write'] }, post)).toEqual(['chat:write'])
    expect(missingScopes({ kind: 'bearer', scopes: [] }, post)).toEqual([])
    expect(missingScopes({ kind: null, scopes: [] }, post)).toEqual([])
  })

  it('that a service does not tell of are taken to be granted', () => {
    expect(missingScopes({ kind: 'oauth2', scopes: [] }, post)).toEqual([])
  })

  it('are told in the words that people were asked with', () => {
    expect(inPlainWords(connector, post.scopes)).toBe('Post messages ("chat:write"), "files:write"')
  })
})
