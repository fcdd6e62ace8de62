import { timingSafeEqual } from 'node:crypto'
import { isInlayError, type OAuth2Auth } from '@inlay/engine'
import { lookupOf } from '../../database/index.js'
import { type Brand, productNameOf } from '../../tenancy/index.js'
import { type BrowserRefusal, browserRefusal, refusedByService } from '../errors.js'
import { authorizationUrl } from '../protocol/authorization-url.js'
import { randomSecret } from '../protocol/proof-key.js'
import { exchangeCode } from '../protocol/token-endpoint.js'
import { toTokens } from '../tokens/new-tokens.js'
import { type ConsentView, consentView } from './consent-view.js'
import type { AuthorizationDeps } from './deps.js'
import { connectorOf, endpointOf, failAuthorization, finishAuthorization, methodOf } from './finish.js'
import { grantedAccount } from './granted-account.js'
import type { AuthorizationRow } from './store.js'

/** A browser as its request shows it. */
export interface BrowserRequest {
  /** The origin of ours at which it is. */
  readonly at: string
  /** The value of the cookie that binds a browser to an authorization. */
  cookieOf(authorizationId: string): string | undefined
  /** The member who is signed in to the portal in it. */
  readonly memberId: string | undefined
}

/** What came to a connector's redirect URI. */
export interface CallbackRequest {
  /** From the path. */
  readonly connector: string
  /** From the path of the redirect URI of a tenant's own app. */
  readonly tenantId: string | undefined
  readonly state: string
  readonly code: string | undefined
  /** What the authorization server calls itself (RFC 9207). */
  readonly issuer: string | undefined
  readonly error: string | undefined
}

/** A browser on its way to the service. */
export interface StartedFlow {
  readonly id: string
  readonly redirectTo: string
  /** For a cookie: who has it is the browser that began. */
  readonly browserSecret: string
}

/** What came of an answer of a service. */
export type CompletedLeg = { readonly id: string } | { readonly goOnAt: string }

/** What came of a person's decision. */
export interface DecisionOutcome {
  readonly id: string
  readonly outcome: 'confirmed' | 'awaiting-host' | 'declined'
  /** The page to tell that the browser has finished. */
  readonly returnOrigin: string | null
  readonly tenantName: string
  /** How its product looks. */
  readonly brand: Brand
}

/**
 * The way of a person's browser. It has to begin and end in one browser, which a cookie shows; for members of the tenant in
 * one in which they are signed in. All refusals are UserErrors in plain words, with a code `oauth.…`.
 */
export interface BrowserSteps {
  /** Who asks for what, before the link is used. @throws UserError `oauth.link` */
  look(token: string, browser: Pick<BrowserRequest, 'at'>): Promise<ConsentView>
  /** Uses the link. @throws UserError `oauth.link`, `oauth.member` */
  start(token: string, browser: BrowserRequest): Promise<StartedFlow>
  /**
   * Takes the service's answer, and keeps what it grants until it is confirmed.
   *
   * @returns the authorization's id, or where to go on with the answer: the service knows one of our addresses only, and
   * the browser may have begun at another
   */
  complete(callback: CallbackRequest, browser: BrowserRequest): Promise<CompletedLeg>
  /** What to confirm. @throws UserError `oauth.browser`, `oauth.member`, `oauth.done`, `oauth.expired` */
  review(id: string, browser: BrowserRequest): Promise<ConsentView>
  /** The person's decision. @throws UserError as `review` does */
  decide(id: string, isAccepted: boolean, browser: BrowserRequest): Promise<DecisionOutcome>
}

const MAX_CODE = 4096

/** The steps over the rows of authorizations. */
export class BrowserFlow implements BrowserSteps {
  constructor(private readonly deps: AuthorizationDeps) {}

  async look(token: string, { at }: Pick<BrowserRequest, 'at'>): Promise<ConsentView> {
    return consentView(this.deps, await this.requireLink(lookupOf(token), at))
  }

  async start(token: string, browser: BrowserRequest): Promise<StartedFlow> {
    const { store } = this.deps
    const startLookup = lookupOf(token)
    const row = await this.requireLink(startLookup, browser.at)
    if (!isItsMember(row, browser)) throw browserRefusal('member')
    const [state, browserSecret, verifier] = [randomSecret(), randomSecret(), randomSecret()]
    const { fields } = await store.open(row)
    const method = await methodOf(this.deps, row)
    const { scopes, client_id: clientId, redirect_uri: redirectUri } = row
    const url = authorizationUrl({ method, fields, clientId, redirectUri, scopes, state, verifier })
    const lookups = { startLookup, stateLookup: lookupOf(state), browserLookup: lookupOf(browserSecret) }
    if (!(await store.start(row, { ...lookups, secrets: { fields, verifier } }))) throw browserRefusal('link')
    return { id: row.id, redirectTo: url.href, browserSecret }
  }

  async complete(callback: CallbackRequest, browser: BrowserRequest): Promise<CompletedLeg> {
    const { store } = this.deps
    const stateLookup = lookupOf(callback.state)
    const row = await store.findBy('state', stateLookup)
    if (row === undefined) throw browserRefusal('state')
    if (row.is_expired) throw browserRefusal('expired')
    const home = homeOf(row)
    // Nothing is used up or believed here: all of it is looked at there.
    if (browser.at !== home && browser.at === new URL(row.redirect_uri).origin) return { goOnAt: home }
    // Before anything is sent anywhere: a state is worth something at its own connector and in its own browser alone.
    const refusal = strayOf(row, callback, browser)
    const isFirst = await store.useState(row, stateLookup)
    if (refusal !== undefined) return this.fail(row, browserRefusal(refusal))
    if (!isFirst) throw browserRefusal('state')
    try {
      await this.takeCode(row, callback)
    } catch (error) {
      return this.fail(row, error)
    }
    return { id: row.id }
  }

  async review(id: string, browser: BrowserRequest): Promise<ConsentView> {
    return consentView(this.deps, await this.requireReturned(id, browser))
  }

  async decide(id: string, isAccepted: boolean, browser: BrowserRequest): Promise<DecisionOutcome> {
    const row = await this.requireReturned(id, browser)
    const { tenancy } = this.deps
    const scope = { tenantId: row.tenant_id }
    const [tenant, brand] = await Promise.all([tenancy.getTenant(scope), tenancy.getBrand(scope)])
    const told = { id, returnOrigin: row.return_origin, tenantName: productNameOf(tenant, brand), brand }
    if (!isAccepted) {
      await failAuthorization(this.deps, row, browserRefusal('declined'))
      return { ...told, outcome: 'declined' }
    }
    if (!(await this.deps.store.advance(row, 'returned', 'authorized'))) throw browserRefusal('done')
    if (row.needs_host) return { ...told, outcome: 'awaiting-host' }
    await finishAuthorization(this.deps, { tenantId: row.tenant_id }, row)
    return { ...told, outcome: 'confirmed' }
  }

  private async takeCode(row: AuthorizationRow, { code, error, issuer }: CallbackRequest): Promise<void> {
    const { store } = this.deps
    const connector = await connectorOf(this.deps, row)
    const method = await methodOf(this.deps, row)
    if (!isItsIssuer(method, issuer)) throw browserRefusal('issuer')
    if (error !== undefined) throw refusedByService(connector.name, shortened(error))
    if (code === undefined || code === '' || code.length > MAX_CODE) throw browserRefusal('code')
    const { fields, verifier = '' } = await store.open(row)
    const endpoint = await endpointOf(this.deps, row, fields)
    if (endpoint === undefined) throw browserRefusal('code', 'The OAuth app was replaced meanwhile. Begin again.')
    const requestedAt = Date.now()
    const answer = await exchangeCode(endpoint, { code, redirectUri: row.redirect_uri, verifier })
    const tokens = toTokens(answer, { method, requestedAt, scopes: row.scopes })
    const scope = { tenantId: row.tenant_id, customerId: row.customer_id }
    const granted = { connector, method, fields, tokens, scope }
    const account = await grantedAccount(granted, this.deps).catch((cause: unknown) => {
      this.deps.log.warn({ error: cause, authorizationId: row.id }, 'The service did not tell whose account it is.')
      return undefined
    })
    if (!(await store.return(row, { secrets: { fields, tokens }, scopes: tokens.scopes, account }))) {
      throw browserRefusal('done')
    }
  }

  /** A link counts at the address that it was made for. */
  private async requireLink(startLookup: string, at: string): Promise<AuthorizationRow> {
    const row = await this.deps.store.findBy('start', startLookup)
    if (row === undefined || row.is_expired || homeOf(row) !== at) throw browserRefusal('link')
    return row
  }

  private async requireReturned(id: string, browser: BrowserRequest): Promise<AuthorizationRow> {
    const secret = browser.cookieOf(id)
    const row = secret === undefined ? undefined : await this.deps.store.findBy('browser', lookupOf(secret))
    if (row === undefined || row.id !== id || homeOf(row) !== browser.at) throw browserRefusal('browser')
    if (!isItsMember(row, browser)) throw browserRefusal('member')
    if (row.status !== 'returned') throw browserRefusal('done')
    if (row.is_expired) throw browserRefusal('expired')
    return row
  }

  private async fail(row: AuthorizationRow, error: unknown): Promise<never> {
    await failAuthorization(this.deps, row, error)
    if (!isInlayError(error)) this.deps.log.error({ error, authorizationId: row.id }, 'A sign-in failed unexpectedly.')
    throw error
  }
}

/** Where a browser begins and ends. */
export function homeOf({ home, redirect_uri: redirectUri }: AuthorizationRow): string {
  return home ?? new URL(redirectUri).origin
}

/** Why a callback is not the one that the authorization waits for. */
function strayOf(
  row: AuthorizationRow,
  callback: CallbackRequest,
  browser: BrowserRequest,
): BrowserRefusal | undefined {
  const ownTenant = row.client_source === 'tenant' ? row.tenant_id : undefined
  if (callback.connector !== row.connector || callback.tenantId !== ownTenant) return 'connector'
  if (browser.at !== homeOf(row)) return 'connector'
  const secret = browser.cookieOf(row.id)
  if (secret === undefined || !isSame(lookupOf(secret), row.browser_lookup ?? '')) return 'browser'
  return isItsMember(row, browser) ? undefined : 'member'
}

/** A member's sign-in proves itself by the portal's session; the link alone does not. */
function isItsMember(row: AuthorizationRow, { memberId }: BrowserRequest): boolean {
  return row.caller_kind !== 'member' || row.caller_id === memberId
}

/** A server that names itself must be the one; where the connector says that it does, it has to (RFC 9207, section 2.4). */
function isItsIssuer({ issuer }: OAuth2Auth, given: string | undefined): boolean {
  return issuer === undefined || issuer === given
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

/** Error codes are short words; anything else is not shown. */
function shortened(error: string): string {
  return /^[\w.-]{1,80}$/.test(error) ? error : 'unknown error'
}
