import type { Database } from '../database/index.js'
import { type CustomersService, createCustomersService, type ErasedStores } from './customers.js'
import { createTenantsService, type TenantsService } from './tenants.js'

/** Tenants and their customers. */
export interface TenancyService extends TenantsService, CustomersService {}

/** @param stores where else customers' data is, so that their erasure reaches it */
export function createTenancyService(database: Database, stores: ErasedStores = {}): TenancyService {
  return { ...createTenantsService(database), ...createCustomersService(database, stores) }
}
