import type { TenantScope } from '@inlay/engine'
import type { Caller } from '../../identity/index.js'
import { authorizationNotFound, notConfirmable, notTheBeginner } from '../errors.js'
import { beginAuthorization } from './begin.js'
import { BrowserFlow, type BrowserSteps } from './browser-flow.js'
import type { AuthorizationDeps } from './deps.js'
import { finishAuthorization, giveBack } from './finish.js'
import type { Authorization, BegunAuthorization, NewAuthorization } from './schema.js'
import type { AuthorizationRow, AuthorizationStore } from './store.js'
import { statusOf, toAuthorization } from './views.js'

/**
 * Accounts that people connect by signing in to the service. Who begins an authorization follows it here; the person's
 * browser goes through `browser`. The connection is made when the person has confirmed in the browser that began, and,
 * where it is asked for, the one who began it has, too.
 */
export interface AuthorizationsService {
  /**
   * Begins one; for access without a person, finishes it at once.
   *
   * @param at the origin at which the caller has called: a member is signed in there, and nowhere else. @default that of the redirect URI
   * @throws UserError `oauth.no_client`, `oauth.operators_app`, `oauth.not_oauth`, `oauth.unknown_scope`, `oauth.return_origin`, `oauth.too_many`, `connection.invalid`, `connection.not_found`, `customer.not_found`, `connector.not_found`
   */
  begin(caller: Caller, given: NewAuthorization, at?: string): Promise<BegunAuthorization>
  /** @throws UserError `oauth.authorization_not_found`, `oauth.not_yours` */
  get(caller: Caller, id: string): Promise<Authorization>
  /**
   * The confirmation of the one who began it. Safe to call twice.
   *
   * @throws UserError `oauth.authorization_not_found`, `oauth.not_yours`, `oauth.not_confirmable`
   */
  confirm(caller: Caller, id: string): Promise<Authorization>
  /** What the person's browser does. */
  readonly browser: BrowserSteps
  /** Forgets authorizations of all tenants that nobody has finished, at most `limit`; services get their tokens back. */
  clearAbandoned(limit: number): Promise<void>
}

/** Authorizations in the database. */
export function createAuthorizationsService(deps: AuthorizationDeps): AuthorizationsService {
  const { store } = deps
  return {
    browser: new BrowserFlow(deps),
    begin: (caller, given, at) => beginAuthorization(deps, caller, { ...given, at }),
    get: async (caller, id) => toAuthorization(await requireOwn(store, caller, id)),
    confirm: async (caller, id) => {
      const row = await requireOwn(store, caller, id)
      const status = statusOf(row)
      if (status === 'confirmed') return toAuthorization(row)
      if (row.status !== 'authorized' || row.is_expired) throw notConfirmable(id, status)
      await finishAuthorization(deps, caller.scope, row)
      return toAuthorization(await requireOwn(store, caller, id))
    },
    clearAbandoned: async (limit) => {
      for (const { tenant_id: tenantId, id } of await store.abandoned(limit)) {
        const row = await store.find({ tenantId }, id)
        if (row === undefined) continue
        await giveBack(deps, row)
        await store.delete(row)
      }
    },
  }
}

/** Also of those who may see it, only the very one who began it is told how it ends. */
async function requireOwn(store: AuthorizationStore, caller: Caller, id: string): Promise<AuthorizationRow> {
  const row = await store.find(scopeOf(caller), id)
  if (row === undefined) throw authorizationNotFound(id)
  if (row.caller_kind !== caller.kind || row.caller_id !== caller.id) throw notTheBeginner(id)
  return row
}

function scopeOf({ scope }: Caller): TenantScope {
  return scope
}
