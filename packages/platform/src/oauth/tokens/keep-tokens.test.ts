import type { ConnectionId, CustomerId, TenantId } from '@inlay/engine'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { OAuthTokens, StoredTokens, TokenStore } from '../../connections/index.js'
import { keepTokens } from './keep-tokens.js'

const scope = { tenantId: 'ten_1' as TenantId, customerId: 'cus_1' as CustomerId }
const former: OAuthTokens = { accessToken: 'former', scopes: [], extra: {} }
const tokens: OAuthTokens = { accessToken: 'new', scopes: [], extra: {} }
const stored: StoredTokens = {
  tokens: former,
  generation: 3,
  connection: {
    ...{ id: 'con_1' as ConnectionId, customerId: scope.customerId, connector: 'service', method: 'oauth2' },
    ...{ name: 'Kim', status: 'ok', values: {} },
  },
}

/** Tokens of one connection, in a store that cannot be reached so many times. */
function createStore(failures: number, generation = 3) {
  const standing = { tokens: former, generation, isDeleted: false }
  let left = failures
  const store: TokenStore = {
    readTokens: async () =>
      standing.isDeleted ? undefined : { ...stored, tokens: standing.tokens, generation: standing.generation },
    replaceTokens: async (_scope, _id, given, expected) => {
      if (left-- > 0) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
      if (standing.isDeleted || expected.generation !== standing.generation) return false
      Object.assign(standing, { tokens: given, generation: standing.generation + 1 })
      return true
    },
    markReconnectNeeded: async () => false,
  }
  return { store, standing }
}

describe('keeping tokens that a service has rotated', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('waits for a database that is away for a moment', async () => {
    const { store, standing } = createStore(4)
    const keeping = keepTokens({ tokens: store }, { scope, stored, tokens })
    await vi.runAllTimersAsync()
    expect([await keeping, standing]).toEqual([tokens, { tokens, generation: 4, isDeleted: false }])
  })

  it('gives up when it stays away', async () => {
    const { store } = createStore(100)
    const keeping = keepTokens({ tokens: store }, { scope, stored, tokens })
    const outcome = expect(keeping).rejects.toThrow('away')
    await vi.runAllTimersAsync()
    await outcome
  })

  it('leaves those in place that a person has brought in the meantime', async () => {
    const { store, standing } = createStore(0, 4)
    standing.tokens = { ...former, accessToken: 'of the person' }
    const kept = await keepTokens({ tokens: store }, { scope, stored, tokens })
    expect(kept.accessToken).toBe('of the person')
  })

  it('says that the connection was deleted', async () => {
    const { store, standing } = createStore(0)
    standing.isDeleted = true
    const keeping = keepTokens({ tokens: store }, { scope, stored, tokens })
    await expect(keeping).rejects.toMatchObject({ code: 'step.authentication' })
  })
})
