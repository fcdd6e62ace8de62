import { type TenantScope, UserError } from '@inlay/engine'
import type { ScopedSql } from '../database/index.js'
import { rememberOpened, type SecretOpener } from '../triggers/connector/opened-secrets.js'
import type { SecretPlace, Vault } from '../vault/index.js'
import type { EndpointRow } from './endpoint-store.js'

/** What messages are signed with: sealed with the tenant's key, and bound to the endpoint's row. */
export class EndpointSecrets {
  private readonly opener: SecretOpener

  constructor(private readonly vault: Vault) {
    this.opener = rememberOpened(vault)
  }

  /** Within the transaction that stores it. @throws UserError `tenant.not_found` */
  async seal(sql: ScopedSql, scope: TenantScope, id: string, secret: string): Promise<Buffer> {
    const sealed = await this.vault.seal(sql, placeOf(scope, id), secret)
    if (sealed !== undefined) return sealed
    throw new UserError('not_found', 'tenant.not_found', `There is no tenant ${scope.tenantId}.`)
  }

  /** Those that a message is signed with now: the new one first. @throws BugError when one does not open */
  open(scope: TenantScope, row: EndpointRow): Promise<string[]> {
    const { former_secret: former, former_secret_until: until } = row
    const sealed = former === null || until === null ? [row.secret] : [row.secret, former]
    const use = { purpose: 'webhook', target: { kind: 'webhook_endpoint', id: row.id } } as const
    return Promise.all(sealed.map((each) => this.opener.open(placeOf(scope, row.id), each, use)))
  }
}

function placeOf({ tenantId }: TenantScope, id: string): SecretPlace {
  return { tenantId, id: `webhook_endpoint/${id}` }
}
