import { setTimeout as delay } from 'node:timers/promises'
import { type ConnectionId, type CustomerId, isInlayError, type StepError, type TenantScope } from '@inlay/engine'
import { type OAuthTokens, reconnectNeeded, type StoredTokens, type TokenRefresher } from '../../connections/index.js'
import { randomSecret } from '../protocol/proof-key.js'
import { refreshTokens, requestClientCredentials } from '../protocol/token-endpoint.js'
import { oauthFailureOf } from '../protocol/token-errors.js'
import { connectionHasNoTokens, explain, refreshIsResting, refreshIsUnderWay } from './errors.js'
import { GrantEndpoints, type GrantEndpointsDeps } from './grant-endpoints.js'
import type { RefreshLease } from './grant-store.js'
import { keepTokens } from './keep-tokens.js'
import { canRefresh, isWithoutPerson, toTokens } from './new-tokens.js'
import { revokeStored } from './revoke-stored.js'

/** An access token that expires sooner is refreshed when it is asked for. */
const FRESH_FOR_MS = 120_000
/** Longer than a token request may take and its answer may need to be kept, so that it does not end while it is used. */
const LEASE_MS = 60_000
/** How long to wait for another process that refreshes. */
const PATIENCE_MS = 30_000
const FIRST_PAUSE_MS = 25
const LONGEST_PAUSE_MS = 500
/** A service that refuses tokens as young as this refuses them for another reason than their age. */
const YOUNG_MS = 30_000

/** A connection that only a person can mend. */
export interface ReconnectNotice {
  readonly connectionId: ConnectionId
  readonly customerId: CustomerId
  readonly connector: string
  readonly name: string
  /** Why, for people. */
  readonly detail: string
  /** Of the tokens that are not accepted any more. */
  readonly generation: number
}

/** What refreshing is made of. */
export interface RefresherDeps extends GrantEndpointsDeps {
  /** Told once for each time that a connection stops working; must not throw. */
  readonly onReconnectNeeded: (scope: TenantScope, notice: ReconnectNotice) => void
}

/** A refresher as compositions use it. */
export interface OAuthRefresher extends TokenRefresher {
  /** Refreshes ahead of need when the access token expires within `withinMs`. @throws StepError as `fresh` does */
  refreshAhead(scope: TenantScope, connectionId: ConnectionId, withinMs: number): Promise<void>
  /** Resolves once no token request is under way: what a service has rotated must be kept before the process ends. */
  drain(): Promise<void>
}

/**
 * Refreshes tokens: of all processes that want it one calls the token endpoint, the others get what it got.
 *
 * The one is who holds the lease in the connection's row of `oauth_grants`; tokens are replaced by compare-and-set on their
 * generation. Whoever dies with the lease holds the others up until it ends. When that happens between the service's answer
 * and its being kept, a rotated refresh token is lost: services with a grace period take the former one again, at others a
 * person has to connect again, which the connection then says.
 */
export function createTokenRefresher(deps: RefresherDeps): OAuthRefresher {
  return new LeasedRefresher(deps)
}

/** Why to refresh: the access token lives no longer than that, or the service has refused it. */
type Reason = { readonly withinMs: number } | 'refused'

interface Refresh {
  readonly scope: TenantScope
  /** As it was when somebody found that it has to be refreshed. */
  readonly stored: StoredTokens
  readonly reason: Reason
  /** Of the lease. */
  readonly token: string
}

class LeasedRefresher implements OAuthRefresher {
  private readonly underWay = new Map<string, Promise<OAuthTokens | undefined>>()
  private readonly endpoints: GrantEndpoints

  constructor(private readonly deps: RefresherDeps) {
    this.endpoints = new GrantEndpoints(deps)
  }

  async fresh(scope: TenantScope, connectionId: ConnectionId): Promise<OAuthTokens> {
    const stored = await this.require(scope, connectionId)
    if (!expiresWithin(stored.tokens, FRESH_FOR_MS, Date.now())) return stored.tokens
    const tokens = await this.refreshOnce(scope, stored, { withinMs: FRESH_FOR_MS })
    if (tokens !== undefined) return tokens
    if (!expiresWithin(stored.tokens, 0, Date.now())) return stored.tokens
    const detail = 'Its access has expired, and the service offers no way to renew it.'
    await this.askForPerson(scope, stored, detail)
    throw reconnectNeeded(detail)
  }

  async renew(
    scope: TenantScope,
    connectionId: ConnectionId,
    usedAccessToken: string,
  ): Promise<OAuthTokens | undefined> {
    const stored = await this.require(scope, connectionId)
    if (stored.tokens.accessToken !== usedAccessToken) return stored.tokens
    return this.refreshOnce(scope, stored, 'refused')
  }

  async refreshAhead(scope: TenantScope, connectionId: ConnectionId, withinMs: number): Promise<void> {
    const stored = await this.require(scope, connectionId)
    if (expiresWithin(stored.tokens, withinMs, Date.now())) await this.refreshOnce(scope, stored, { withinMs })
  }

  revoke(scope: TenantScope, connectionId: ConnectionId): Promise<void> {
    return revokeStored({ ...this.deps, endpoints: this.endpoints }, scope, connectionId)
  }

  async drain(): Promise<void> {
    await Promise.allSettled(this.underWay.values())
  }

  /** One at a time for each connection of this process; the lease sees to the others. */
  private refreshOnce(given: TenantScope, stored: StoredTokens, reason: Reason): Promise<OAuthTokens | undefined> {
    const { id, customerId } = stored.connection
    const key = `${given.tenantId}\n${id}`
    const known = this.underWay.get(key)
    if (known !== undefined) return known
    const scope = { tenantId: given.tenantId, customerId }
    const refreshing = this.refresh({ scope, stored, reason, token: randomSecret() })
    this.underWay.set(key, refreshing)
    const forget = (): void => {
      this.underWay.delete(key)
    }
    refreshing.then(forget, forget)
    return refreshing
  }

  /** @returns undefined when there are no better tokens without a person */
  private async refresh(refresh: Refresh): Promise<OAuthTokens | undefined> {
    const { scope, stored, token } = refresh
    const { id, name } = stored.connection
    let waitedMs = 0
    for (let pauseMs = FIRST_PAUSE_MS; waitedMs < PATIENCE_MS; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const lease = await this.deps.grants.acquire(scope, id, { token, forMs: LEASE_MS })
      if (!('state' in lease)) return this.refreshWith(lease, refresh)
      if (lease.state === 'resting') {
        return orAsItIs(refresh, refreshIsResting(name, lease.lastFailure, lease.retryAfterMs))
      }
      if (lease.state === 'unknown') await this.endpoints.adopt(scope, stored)
      await delay(pauseMs)
      waitedMs += pauseMs
      const now = await this.require(scope, id)
      if (now.generation !== stored.generation) return now.tokens
    }
    return orAsItIs(refresh, refreshIsUnderWay(name))
  }

  private async refreshWith(lease: RefreshLease, refresh: Refresh): Promise<OAuthTokens | undefined> {
    const { scope, token } = refresh
    const { id } = refresh.stored.connection
    const giveBack = (): Promise<void> => this.deps.grants.release(scope, id, { token })
    // While this one waited for the lease, others may have refreshed them, or found that only a person can.
    const stored = await this.require(scope, id).catch(async (error: unknown) => {
      await giveBack()
      throw error
    })
    const found = findDone(stored, refresh, lease)
    if (found.isDone) {
      await giveBack()
      return found.tokens
    }
    try {
      return await this.callService(stored, lease, refresh)
    } catch (error) {
      return this.afterFailure(refresh, error)
    }
  }

  private async callService(
    stored: StoredTokens,
    lease: RefreshLease,
    { scope, token }: Refresh,
  ): Promise<OAuthTokens | undefined> {
    const { refreshToken, scopes } = stored.tokens
    const { id } = stored.connection
    const endpoint = await this.endpoints.of(scope, stored, lease)
    const { method } = endpoint
    if (!canRefresh(method, stored.tokens)) {
      await this.deps.grants.release(scope, id, { token, canRefresh: false })
      return undefined
    }
    const answer = isWithoutPerson(method)
      ? await requestClientCredentials(endpoint, scopes)
      : await refreshTokens(endpoint, refreshToken ?? '')
    const got = toTokens(answer, { method, requestedAt: lease.nowMs, scopes, former: stored.tokens })
    const kept = await keepTokens(this.deps, { scope, stored, tokens: got })
    await this.deps.grants.release(scope, id, { token, canRefresh: canRefresh(method, kept) })
    return kept
  }

  private async afterFailure(refresh: Refresh, error: unknown): Promise<OAuthTokens | undefined> {
    const { scope, stored, token } = refresh
    const { id } = stored.connection
    const failure = oauthFailureOf(error)
    if (failure === 'grant' || failure === 'scope') {
      await this.askForPerson(scope, stored, explain(error))
      await this.deps.grants.release(scope, id, { token })
      throw reconnectNeeded(explain(error))
    }
    // Where a service says nothing of the grant, the connection stays as it is: this may pass.
    await this.deps.grants.rest(scope, id, { token, failure: explain(error), atLeastMs: retryAfterOf(error) })
    return orAsItIs(refresh, error)
  }

  private async askForPerson(scope: TenantScope, stored: StoredTokens, detail: string): Promise<void> {
    const { connection, generation } = stored
    const { id, customerId, connector, name } = connection
    const isNews = await this.deps.tokens.markReconnectNeeded(scope, id, detail, { generation })
    if (!isNews) return
    this.deps.onReconnectNeeded(scope, { connectionId: id, customerId, connector, name, detail, generation })
  }

  private async require(scope: TenantScope, id: ConnectionId): Promise<StoredTokens> {
    const stored = await this.deps.tokens.readTokens(scope, id)
    if (stored === undefined) throw connectionHasNoTokens()
    if (stored.connection.status === 'reconnect_needed') throw reconnectNeeded(null)
    return stored
  }
}

type Finding = { readonly isDone: true; readonly tokens: OAuthTokens | undefined } | { readonly isDone: false }

/** Whether somebody else has done it, or it need not be done: by the database's clock, which is the same for all. */
function findDone(now: StoredTokens, { stored, reason }: Refresh, lease: RefreshLease): Finding {
  if (now.generation !== stored.generation) return { isDone: true, tokens: now.tokens }
  if (reason === 'refused') {
    const isYoung = lease.refreshedAtMs !== null && lease.nowMs - lease.refreshedAtMs < YOUNG_MS
    return isYoung ? { isDone: true, tokens: undefined } : { isDone: false }
  }
  return expiresWithin(now.tokens, reason.withinMs, lease.nowMs)
    ? { isDone: false }
    : { isDone: true, tokens: now.tokens }
}

function expiresWithin({ expiresAt }: OAuthTokens, withinMs: number, nowMs: number): boolean {
  return expiresAt !== undefined && expiresAt - nowMs < withinMs
}

/** What could not be refreshed ahead of need may still be good. @throws `error` when it is not */
function orAsItIs({ stored, reason }: Refresh, error: unknown): OAuthTokens {
  if (reason !== 'refused' && !expiresWithin(stored.tokens, 0, Date.now())) return stored.tokens
  throw error
}

function retryAfterOf(error: unknown): number {
  // Of our errors, those of steps carry it; of others, the property is not there.
  return isInlayError(error) ? ((error as Partial<StepError>).retryAfterMs ?? 0) : 0
}
