import type { CustomerId, TenantScope } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'
import { customerNotFound } from '../tenancy/index.js'
import { type GuardrailChanges, type Guardrails, guardrailChangesSchema, NO_GUARDRAILS, withChanges } from './schema.js'

/** What one customer's builder offers, and what of it is said for this customer alone. */
export interface CustomerGuardrails {
  readonly own: GuardrailChanges
  readonly effective: Guardrails
}

/** What customers' builders offer: a default of the tenant, and changes to it for single customers. */
export interface GuardrailsService {
  /** The tenant's default. */
  getDefault(scope: TenantScope): Promise<Guardrails>
  setDefault(scope: TenantScope, changes: GuardrailChanges): Promise<Guardrails>
  /** @throws UserError `customer.not_found` */
  getOf(scope: TenantScope, customerId: string): Promise<CustomerGuardrails>
  /** Puts what is said for a customer in place of what was said before. @throws UserError `customer.not_found` */
  setOf(scope: TenantScope, customerId: string, changes: GuardrailChanges): Promise<CustomerGuardrails>
  /** What holds for a caller: null for those who are not confined to a customer, such as the tenant's own people. */
  of(scope: TenantScope): Promise<Guardrails | null>
}

export function createGuardrailsService(database: Database): GuardrailsService {
  const read = async (scope: TenantScope, customerId: string | null): Promise<CustomerGuardrails> => {
    const rows = await database.withTenant(scope, (sql) => readRules(sql, scope, customerId))
    const said = (of: string | null) =>
      guardrailChangesSchema.parse(rows.find((row) => row.customer_id === of)?.rules ?? {})
    const base = withChanges(NO_GUARDRAILS, said(null))
    const own = customerId === null ? {} : said(customerId)
    return { own, effective: withChanges(base, own) }
  }
  const getOf: GuardrailsService['getOf'] = async (scope, customerId) => {
    await requireCustomer(database, scope, customerId)
    return read(scope, customerId)
  }
  return {
    getDefault: async (scope) => (await read(scope, null)).effective,
    setDefault: async (scope, changes) => {
      await database.withTenant(scope, (sql) => writeRules(sql, scope, { customerId: null, changes }))
      return withChanges(NO_GUARDRAILS, changes)
    },
    getOf,
    setOf: async (scope, customerId, changes) => {
      await requireCustomer(database, scope, customerId)
      await database.withTenant(scope, (sql) => writeRules(sql, scope, { customerId, changes }))
      return read(scope, customerId)
    },
    of: async (scope) => (scope.customerId === undefined ? null : (await read(scope, scope.customerId)).effective),
  }
}

interface RulesRow {
  readonly customer_id: string | null
  readonly rules: unknown
}

/** The tenant's default and, if there is one, the customer's own. */
function readRules(sql: ScopedSql, { tenantId }: TenantScope, customerId: string | null): Promise<RulesRow[]> {
  return sql<RulesRow[]>`
    SELECT customer_id, rules FROM inlay.guardrails
    WHERE tenant_id = ${tenantId} AND (customer_id IS NULL OR customer_id = ${customerId}::text)`
}

interface RulesOf {
  readonly customerId: string | null
  readonly changes: GuardrailChanges
}

async function writeRules(sql: ScopedSql, { tenantId }: TenantScope, { customerId, changes }: RulesOf): Promise<void> {
  await sql`
    INSERT INTO inlay.guardrails (tenant_id, customer_id, rules)
    VALUES (${tenantId}, ${customerId}, ${sql.json(changes as never)})
    ON CONFLICT (tenant_id, customer_id) DO UPDATE SET rules = EXCLUDED.rules, updated_at = now()`
}

async function requireCustomer(database: Database, scope: TenantScope, customerId: string): Promise<void> {
  const rows = await database.withTenant(
    scope,
    (sql) => sql<{ id: CustomerId }[]>`
      SELECT id FROM inlay.customers WHERE tenant_id = ${scope.tenantId} AND id = ${customerId}`,
  )
  if (rows.length === 0) throw customerNotFound(customerId)
}
