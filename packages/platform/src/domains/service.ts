import { randomBytes } from 'node:crypto'
import { domainToUnicode } from 'node:url'
import { newId, type TenantScope } from '@inlay/engine'
import type { ActingScope, AuditAction, AuditLog } from '../audit/index.js'
import type { ScopedSql } from '../database/index.js'
import type { Addresses } from './addresses.js'
import type { DnsLook, FoundRecords } from './dns-look.js'
import { parseDomainName } from './domain-name.js'
import { domainExists, domainInvalid, domainNotFound, domainTaken, tooManyDomains } from './errors.js'
import type { Domain } from './schema.js'
import type { DomainRow, DomainStore, LookedAt } from './store.js'

/** Tenants' own names for the control plane. */
export interface DomainsService {
  /** Those that are in use for longest first. */
  list(scope: TenantScope): Promise<Domain[]>
  /** @throws UserError `domain.not_found` */
  get(scope: TenantScope, id: string): Promise<Domain>
  /** Claims a name. It is used once its records were found. @throws UserError `domain.invalid`, `domain.exists`, `domain.too_many` */
  add(scope: ActingScope, name: string): Promise<Domain>
  /**
   * Looks at the records now. A domain with both is in use from then on; what is wrong is in `records`.
   *
   * @throws UserError `domain.not_found`, `domain.taken`
   */
  verify(scope: ActingScope, id: string): Promise<Domain>
  /** It leads nowhere from now on. @throws UserError `domain.not_found` */
  remove(scope: ActingScope, id: string): Promise<void>
  /** Looks again at domains of all tenants that are in use and were not looked at for a day. @returns how many were due */
  checkDue(limit: number): Promise<number>
}

/** What domains are kept with. */
export interface DomainsDeps {
  readonly store: DomainStore
  readonly audit: Pick<AuditLog, 'record'>
  readonly look: DnsLook
  readonly addresses: Pick<Addresses, 'originOf'>
  /** The host that tenants' CNAME records name. */
  readonly target: string
  /** The first part of the TXT record's name, such as `_domain-challenge`. */
  readonly challengeLabel: string
  /** Names that no tenant may claim, with all below them. */
  readonly operatorHosts: readonly string[]
  /** Tells all processes that other domains are in use than before. */
  readonly announce: () => Promise<void>
}

const MOST_DOMAINS = 10
const TOKEN_BYTES = 24
/** Daily looks in a row after which a domain that is out of order is not used any more. */
const MOST_FAILURES = 3

/** Domains over their rows. */
export function createDomainsService(deps: DomainsDeps): DomainsService {
  return new Domains(deps)
}

class Domains implements DomainsService {
  constructor(private readonly deps: DomainsDeps) {}

  async list(scope: TenantScope): Promise<Domain[]> {
    const rows = await this.deps.store.list(scope)
    return rows.map((row, index) => this.view(row, index === 0 && row.status !== 'pending'))
  }

  async get(scope: TenantScope, id: string): Promise<Domain> {
    const domain = (await this.list(scope)).find((each) => each.id === id)
    if (domain === undefined) throw domainNotFound(id)
    return domain
  }

  async add(scope: ActingScope, typed: string): Promise<Domain> {
    const { store, operatorHosts } = this.deps
    const parsed = parseDomainName(typed, operatorHosts)
    if (!parsed.ok) throw domainInvalid(typed, parsed)
    const { name } = parsed
    const id = newId('dom', Date.now())
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    await store.within(scope, async (sql) => {
      const count = await store.insert(sql, scope, { id, name, token })
      if (count === undefined) throw domainExists(name)
      if (count > MOST_DOMAINS) throw tooManyDomains(MOST_DOMAINS)
      await this.record(sql, scope, { action: 'domain.added', id, name })
    })
    return this.get(scope, id)
  }

  async verify(scope: ActingScope, id: string): Promise<Domain> {
    const row = await this.require(scope, id)
    const found = await this.find(row)
    if (isInOrder(found)) {
      await this.releaseFromOther(row)
      await this.write(scope, row, { status: 'verified', failures: 0, found, isDaily: true })
    } else {
      // Looks that somebody asks for do not count: nobody loses a domain by pressing a button.
      const status = row.status === 'pending' ? 'pending' : 'failing'
      await this.write(scope, row, { status, failures: row.failures, found, isDaily: false })
    }
    return this.get(scope, id)
  }

  async remove(scope: ActingScope, id: string): Promise<void> {
    const { store } = this.deps
    await store.within(scope, async (sql) => {
      const name = await store.delete(sql, scope, id)
      if (name === undefined) throw domainNotFound(id)
      await this.record(sql, scope, { action: 'domain.removed', id, name })
    })
    await this.deps.announce()
  }

  async checkDue(limit: number): Promise<number> {
    const due = await this.deps.store.due(limit)
    for (const { tenantId, id } of due) {
      const row = await this.deps.store.find({ tenantId }, id)
      if (row === undefined || row.status === 'pending') continue
      await this.write({ tenantId }, row, afterDailyLook(row, await this.find(row)))
    }
    return due.length
  }

  private async require(scope: TenantScope, id: string): Promise<DomainRow> {
    const row = await this.deps.store.find(scope, id)
    if (row === undefined) throw domainNotFound(id)
    return row
  }

  private find({ name, token }: DomainRow): Promise<FoundRecords> {
    const { look, target } = this.deps
    return look.records({ name, target, token, proofName: this.proofName(name) })
  }

  /**
   * Who proves now that a name is theirs has it: the claim of another tenant whose proof is gone ends. As long as both can
   * prove it, who has it keeps it.
   */
  private async releaseFromOther(row: DomainRow): Promise<void> {
    const { store, look } = this.deps
    const holder = await store.holderOf(row.name)
    if (holder === undefined || holder.tenantId === row.tenant_id) return
    const theirs = await store.find({ tenantId: holder.tenantId }, holder.id)
    if (theirs === undefined) return
    const proof = await look.proof({ proofName: this.proofName(row.name), token: theirs.token })
    if (proof.state === 'ok' || proof.state === 'unreachable') throw domainTaken(row.name)
    const found = { route: { state: 'ok', values: [] }, proof } as const
    await this.write({ tenantId: holder.tenantId }, theirs, { status: 'pending', failures: 0, found, isDaily: false })
  }

  /** @throws UserError `domain.taken` when another tenant was first */
  private async write(scope: ActingScope, row: DomainRow, looked: LookedAt): Promise<void> {
    const { store } = this.deps
    await store.within(scope, async (sql) => {
      if (!(await store.setLookedAt(sql, row, looked))) {
        if ((await store.find(scope, row.id)) !== undefined) throw domainTaken(row.name)
        throw domainNotFound(row.id)
      }
      if (looked.status === row.status) return
      await this.record(sql, scope, { action: ACTION_OF[looked.status], id: row.id, name: row.name })
    })
    if (looked.status !== row.status) await this.deps.announce()
  }

  private record(
    sql: ScopedSql,
    scope: ActingScope,
    { action, id, name }: { readonly action: AuditAction; readonly id: string; readonly name: string },
  ): Promise<void> {
    return this.deps.audit.record(scope, { action, target: { kind: 'domain', id }, details: { name } }, sql)
  }

  private proofName(name: string): string {
    return `${this.deps.challengeLabel}.${name}`
  }

  private view({ found, ...row }: DomainRow, isPrimary: boolean): Domain {
    const unchecked = { state: 'unchecked', values: [] } as const
    const { route = unchecked, proof = unchecked } = found ?? {}
    return {
      id: row.id,
      name: row.name,
      displayName: domainToUnicode(row.name),
      status: row.status,
      isPrimary,
      origin: this.deps.addresses.originOf(row.name),
      records: [
        { type: 'CNAME', name: row.name, value: this.deps.target, state: route.state, found: [...route.values] },
        {
          type: 'TXT',
          name: this.proofName(row.name),
          value: row.token,
          state: proof.state,
          found: [...proof.values],
        },
      ],
      checkedAt: row.checked_at?.toISOString() ?? null,
      verifiedAt: row.verified_at?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
    }
  }
}

const ACTION_OF = {
  verified: 'domain.verified',
  failing: 'domain.failing',
  pending: 'domain.stopped',
} as const satisfies Record<DomainRow['status'], AuditAction>

function isInOrder({ route, proof }: FoundRecords): boolean {
  return route.state === 'ok' && proof.state === 'ok'
}

/** Name servers that do not answer say nothing against a domain: only what they say counts. */
function afterDailyLook({ failures }: DomainRow, found: FoundRecords): LookedAt {
  if (isInOrder(found)) return { status: 'verified', failures: 0, found, isDaily: true }
  const isSaid = [found.route, found.proof].some(({ state }) => state === 'missing' || state === 'wrong')
  const counted = failures + (isSaid ? 1 : 0)
  return { status: counted >= MOST_FAILURES ? 'pending' : 'failing', failures: counted, found, isDaily: true }
}
