import { type CustomerId, newId, type TenantId, type TenantScope, UserError } from '@inlay/engine'
import { type Page, type PageRequest, toPage } from '../api/pagination.js'
import type { Database } from '../database/index.js'
import type { Customer, Tenant } from './schema.js'

/** Tenants and their customers. */
export interface TenancyService {
  createTenant(tenant: { name: string; slug: string; allowedOrigins: readonly string[] }): Promise<TenantId>
  getTenant(scope: TenantScope): Promise<Tenant>
  updateTenant(
    scope: TenantScope,
    changes: { name?: string | undefined; allowedOrigins?: readonly string[] | undefined },
  ): Promise<Tenant>
  listCustomers(scope: TenantScope, page: PageRequest & { search?: string | undefined }): Promise<Page<Customer>>
  /** @throws UserError `customer.not_found` */
  getCustomer(scope: TenantScope, id: string): Promise<Customer>
  /** @throws UserError `customer.exists` */
  createCustomer(scope: TenantScope, customer: { externalId: string; name: string }): Promise<Customer>
  /** The customer with this external id, made when it is first seen. */
  ensureCustomer(scope: TenantScope, customer: { externalId: string; name?: string | undefined }): Promise<CustomerId>
  updateCustomer(scope: TenantScope, id: string, name: string): Promise<Customer>
  /** Also removes the customer's workflows and connections, and with its data key every secret. */
  deleteCustomer(scope: TenantScope, id: string): Promise<void>
}

interface CustomerRow {
  readonly id: CustomerId
  readonly external_id: string
  readonly name: string
  readonly created_at: Date
  readonly workflow_count: number
}

export function createTenancyService(database: Database): TenancyService {
  const readCustomer = async (scope: TenantScope, id: string): Promise<Customer> => {
    const [row] = await database.withTenant(
      scope,
      (sql) => sql<CustomerRow[]>`
      SELECT c.id, c.external_id, c.name, c.created_at,
        (SELECT count(*)::int FROM inlay.workflows w WHERE w.tenant_id = c.tenant_id AND w.customer_id = c.id) AS workflow_count
      FROM inlay.customers c WHERE c.tenant_id = ${scope.tenantId} AND c.id = ${id}`,
    )
    if (row === undefined) throw customerNotFound(id)
    return toCustomer(row)
  }
  const insertCustomer = async (
    scope: TenantScope,
    { externalId, name }: { externalId: string; name: string },
  ): Promise<CustomerId | undefined> => {
    const id = newId<CustomerId>('cus', Date.now())
    const rows = await database.withTenant(
      { tenantId: scope.tenantId },
      (sql) => sql`
      INSERT INTO inlay.customers (tenant_id, id, external_id, name)
      VALUES (${scope.tenantId}, ${id}, ${externalId}, ${name})
      ON CONFLICT (tenant_id, external_id) DO NOTHING RETURNING id`,
    )
    return rows.length === 0 ? undefined : id
  }
  const service: TenancyService = {
    createTenant: async ({ name, slug, allowedOrigins }) => {
      const tenantId = newId<TenantId>('ten', Date.now())
      await database.withTenant(
        { tenantId },
        (sql) => sql`
        INSERT INTO inlay.tenants (tenant_id, name, slug, allowed_origins) VALUES (${tenantId}, ${name}, ${slug}, ${[...allowedOrigins]})`,
      )
      return tenantId
    },
    getTenant: async (scope) => {
      const [row] = await database.withTenant(
        scope,
        (sql) => sql<{ name: string; slug: string; allowed_origins: string[] }[]>`
        SELECT name, slug, allowed_origins FROM inlay.tenants WHERE tenant_id = ${scope.tenantId}`,
      )
      if (row === undefined)
        throw new UserError('not_found', 'tenant.not_found', `There is no tenant ${scope.tenantId}.`)
      return { id: scope.tenantId, name: row.name, slug: row.slug, allowedOrigins: row.allowed_origins }
    },
    updateTenant: async (scope, { name, allowedOrigins }) => {
      const origins = allowedOrigins === undefined ? null : [...allowedOrigins]
      await database.withTenant(
        scope,
        (sql) => sql`
        UPDATE inlay.tenants SET name = coalesce(${name ?? null}, name),
          allowed_origins = coalesce(${origins}::text[], allowed_origins) WHERE tenant_id = ${scope.tenantId}`,
      )
      return service.getTenant(scope)
    },
    listCustomers: async (scope, { cursor, limit, search }) => {
      const pattern = search === undefined ? null : `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
      const rows = await database.withTenant(
        scope,
        (sql) => sql<CustomerRow[]>`
        SELECT c.id, c.external_id, c.name, c.created_at,
          (SELECT count(*)::int FROM inlay.workflows w WHERE w.tenant_id = c.tenant_id AND w.customer_id = c.id) AS workflow_count
        FROM inlay.customers c WHERE c.tenant_id = ${scope.tenantId} AND (${cursor ?? null}::text IS NULL OR c.id < ${cursor ?? null})
          AND (${pattern}::text IS NULL OR c.name ILIKE ${pattern} OR c.external_id ILIKE ${pattern})
        ORDER BY c.id DESC LIMIT ${limit + 1}`,
      )
      return toPage(rows, limit, { cursorOf: ({ id }) => id, toItem: toCustomer })
    },
    getCustomer: readCustomer,
    createCustomer: async (scope, customer) => {
      const id = await insertCustomer(scope, customer)
      if (id === undefined) {
        const title = `There is already a customer with the external id "${customer.externalId}".`
        throw new UserError('conflict', 'customer.exists', title)
      }
      return readCustomer(scope, id)
    },
    ensureCustomer: async ({ tenantId }, { externalId, name }) => {
      const created = await insertCustomer({ tenantId }, { externalId, name: name ?? externalId })
      if (created !== undefined) return created
      const [row] = await database.withTenant(
        { tenantId },
        (sql) => sql<{ id: CustomerId }[]>`
        SELECT id FROM inlay.customers WHERE tenant_id = ${tenantId} AND external_id = ${externalId}`,
      )
      if (row === undefined) throw customerNotFound(externalId)
      return row.id
    },
    updateCustomer: async (scope, id, name) => {
      await database.withTenant(
        scope,
        (sql) => sql`
        UPDATE inlay.customers SET name = ${name} WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
      )
      return readCustomer(scope, id)
    },
    deleteCustomer: async (scope, id) => {
      const rows = await database.withTenant(
        scope,
        (sql) => sql`
        DELETE FROM inlay.customers WHERE tenant_id = ${scope.tenantId} AND id = ${id} RETURNING id`,
      )
      if (rows.length === 0) throw customerNotFound(id)
    },
  }
  return service
}

/** The refusal for a customer that does not exist in the caller's scope. */
export function customerNotFound(id: string): UserError {
  return new UserError('not_found', 'customer.not_found', `There is no customer ${id}.`)
}

function toCustomer(row: CustomerRow): Customer {
  return {
    id: row.id,
    externalId: row.external_id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    workflowCount: row.workflow_count,
  }
}
