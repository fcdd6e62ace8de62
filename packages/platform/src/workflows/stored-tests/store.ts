import type { CustomerId, JsonValue, TenantScope } from '@inlay/engine'
import type { Database } from '../../database/index.js'
import type { Expectation, TestResult } from './schema.js'

export interface StoredTestRow {
  readonly id: string
  readonly workflow_id: string
  readonly customer_id: CustomerId
  readonly name: string
  readonly input: JsonValue
  readonly pins: Readonly<Record<string, JsonValue>>
  readonly expected: Expectation
  readonly last_result: TestResult | null
  readonly created_at: Date
  readonly updated_at: Date
}

export type NewStoredTest = Pick<StoredTestRow, 'id' | 'workflow_id' | 'name' | 'input' | 'pins' | 'expected'>

/** The rows of tests that are kept with workflows. */
export class StoredTestStore {
  constructor(private readonly database: Database) {}

  list(scope: TenantScope, workflowId: string): Promise<StoredTestRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<StoredTestRow[]>`
      SELECT * FROM inlay.workflow_tests
      WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId} ORDER BY id`,
    )
  }

  async find(scope: TenantScope, id: string): Promise<StoredTestRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<StoredTestRow[]>`
      SELECT * FROM inlay.workflow_tests WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row
  }

  /** @param most how many tests a workflow may have. @returns undefined when it has that many */
  async insert(scope: TenantScope, test: NewStoredTest, most: number): Promise<StoredTestRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<StoredTestRow[]>`
      INSERT INTO inlay.workflow_tests (tenant_id, id, workflow_id, customer_id, name, input, pins, expected)
      SELECT w.tenant_id, ${test.id}, w.id, w.customer_id, ${test.name}, ${sql.json(test.input as never)},
        ${sql.json(test.pins as never)}, ${sql.json(test.expected as never)}
      FROM inlay.workflows w WHERE w.tenant_id = ${scope.tenantId} AND w.id = ${test.workflow_id} AND ${most} > (
        SELECT count(*) FROM inlay.workflow_tests t WHERE t.tenant_id = w.tenant_id AND t.workflow_id = w.id)
      RETURNING *`,
    )
    return row
  }

  /** @returns undefined when there is no such test */
  async update(
    scope: TenantScope,
    { id, name, expected }: Pick<StoredTestRow, 'id' | 'name' | 'expected'>,
  ): Promise<StoredTestRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<StoredTestRow[]>`
      UPDATE inlay.workflow_tests SET name = ${name}, expected = ${sql.json(expected as never)}, updated_at = now()
      WHERE tenant_id = ${scope.tenantId} AND id = ${id} RETURNING *`,
    )
    return row
  }

  async keepResult(scope: TenantScope, id: string, result: TestResult): Promise<void> {
    await this.database.withTenant(
      scope,
      (sql) => sql`
      UPDATE inlay.workflow_tests SET last_result = ${sql.json(result as never)}
      WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
  }

  async delete(scope: TenantScope, id: string): Promise<boolean> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql`
      DELETE FROM inlay.workflow_tests WHERE tenant_id = ${scope.tenantId} AND id = ${id} RETURNING id`,
    )
    return rows.length > 0
  }
}
