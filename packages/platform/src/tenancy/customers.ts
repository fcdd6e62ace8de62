import {
  type BlobStore,
  type ConnectorStorage,
  type CustomerId,
  newId,
  type TenantScope,
  UserError,
} from '@inlay/engine'
import { type Page, type PageRequest, toPage } from '../api/pagination.js'
import { type Database, holdsText, type ScopedSql } from '../database/index.js'
import type { Customer } from './schema.js'

/** Customers: the organisations whose automations a tenant keeps. */
export interface CustomersService {
  listCustomers(
    scope: TenantScope,
    page: PageRequest & { readonly search?: string | undefined },
  ): Promise<Page<Customer>>
  /** @throws UserError `customer.not_found` */
  getCustomer(scope: TenantScope, id: string): Promise<Customer>
  /** @throws UserError `customer.exists` */
  createCustomer(
    scope: TenantScope,
    customer: { readonly externalId: string; readonly name: string },
  ): Promise<Customer>
  /** The customer with this external id, made when it is first seen. */
  ensureCustomer(
    scope: TenantScope,
    customer: { readonly externalId: string; readonly name?: string | undefined },
  ): Promise<CustomerId>
  /** @throws UserError `customer.not_found` */
  updateCustomer(scope: TenantScope, id: string, name: string): Promise<Customer>
  /** Also removes its workflows, connections and large outputs and, with its data key, every secret. @throws UserError `customer.not_found` */
  deleteCustomer(scope: TenantScope, id: string): Promise<void>
}

interface CustomerRow {
  readonly id: CustomerId
  readonly external_id: string
  readonly name: string
  readonly created_at: Date
  readonly workflow_count: number
}

/** Where customers' data is besides the platform's own tables. */
export interface ErasedStores {
  /** Their files and large outputs. */
  readonly blobs?: BlobStore | undefined
  /** What connectors remember of them. */
  readonly storage?: Pick<ConnectorStorage, 'erase'>
}

export function createCustomersService(database: Database, { blobs, storage }: ErasedStores): CustomersService {
  return {
    listCustomers: async (scope, { cursor = null, limit, search }) => {
      const rows = await database.withTenant(
        scope,
        (sql) => sql<CustomerRow[]>`
        SELECT ${customerColumns(sql)} FROM inlay.customers c
        WHERE c.tenant_id = ${scope.tenantId} AND (${cursor}::text IS NULL OR c.id < ${cursor})
          ${search === undefined ? sql`` : sql`AND (${holdsText(sql, sql`c.name`, search)} OR ${holdsText(sql, sql`c.external_id`, search)})`}
        ORDER BY c.id DESC LIMIT ${limit + 1}`,
      )
      return toPage(rows, limit, { cursorOf: ({ id }) => id, toItem: toCustomer })
    },
    getCustomer: (scope, id) => database.withTenant(scope, (sql) => readCustomer(sql, scope, id)),
    createCustomer: (scope, { externalId, name }) =>
      database.withTenant(scope, async (sql) => {
        const id = await insertCustomer(sql, scope, { externalId, name })
        if (id !== undefined) return readCustomer(sql, scope, id)
        const title = `There is already a customer with the external id "${externalId}".`
        throw new UserError('conflict', 'customer.exists', title)
      }),
    ensureCustomer: (scope, { externalId, name = externalId }) =>
      database.withTenant(scope, async (sql) => {
        const find = () => sql<{ id: CustomerId }[]>`
          SELECT id FROM inlay.customers WHERE tenant_id = ${scope.tenantId} AND external_id = ${externalId}`
        const [known] = await find()
        if (known !== undefined) return known.id
        const created = await insertCustomer(sql, scope, { externalId, name })
        if (created !== undefined) return created
        // Somebody else made it between the two statements.
        const [other] = await find()
        if (other === undefined) throw customerNotFound(externalId)
        return other.id
      }),
    updateCustomer: (scope, id, name) =>
      database.withTenant(scope, async (sql) => {
        await sql`UPDATE inlay.customers SET name = ${name} WHERE tenant_id = ${scope.tenantId} AND id = ${id}`
        return readCustomer(sql, scope, id)
      }),
    deleteCustomer: async (scope, id) => {
      await database.withTenant(scope, (sql) => readCustomer(sql, scope, id))
      // First: when it fails, the customer is still there to be erased again.
      await blobs?.deletePrefix(`${scope.tenantId}/${id}/`)
      // The look-up above has found it in this scope: the id is one.
      await storage?.erase({ tenantId: scope.tenantId, customerId: id as CustomerId })
      const rows = await database.withTenant(
        scope,
        (sql) => sql`
        DELETE FROM inlay.customers WHERE tenant_id = ${scope.tenantId} AND id = ${id} RETURNING id`,
      )
      if (rows.length === 0) throw customerNotFound(id)
    },
  }
}

/** The refusal for a customer that does not exist in the caller's scope. */
export function customerNotFound(id: string): UserError {
  return new UserError('not_found', 'customer.not_found', `There is no customer ${id}.`)
}

function customerColumns(sql: ScopedSql) {
  return sql`c.id, c.external_id, c.name, c.created_at, (
    SELECT count(*)::int FROM inlay.workflows w WHERE w.tenant_id = c.tenant_id AND w.customer_id = c.id
  ) AS workflow_count`
}

async function readCustomer(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<Customer> {
  const [row] = await sql<CustomerRow[]>`
    SELECT ${customerColumns(sql)} FROM inlay.customers c WHERE c.tenant_id = ${tenantId} AND c.id = ${id}`
  if (row === undefined) throw customerNotFound(id)
  return toCustomer(row)
}

interface NewCustomer {
  readonly externalId: string
  readonly name: string
}

/** Undefined when the external id is taken. */
async function insertCustomer(
  sql: ScopedSql,
  { tenantId }: TenantScope,
  { externalId, name }: NewCustomer,
): Promise<CustomerId | undefined> {
  const id = newId<CustomerId>('cus', Date.now())
  const rows = await sql`
    INSERT INTO inlay.customers (tenant_id, id, external_id, name)
    VALUES (${tenantId}, ${id}, ${externalId}, ${name})
    ON CONFLICT (tenant_id, external_id) DO NOTHING RETURNING id`
  return rows.length === 0 ? undefined : id
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
