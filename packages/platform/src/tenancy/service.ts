import type { Database } from '../database/index.js'
import { type BrandsService, createBrandsService } from './brands.js'
import { type CustomersService, createCustomersService, type ErasedStores } from './customers.js'
import { createTenantsService, type TenantsService } from './tenants.js'

/** Tenants, their brands and their customers. */
export interface TenancyService extends TenantsService, BrandsService, CustomersService {}

/** @param stores where else customers' data is, so that their erasure reaches it */
export function createTenancyService(database: Database, stores: ErasedStores = {}): TenancyService {
  return {
    ...createTenantsService(database),
    ...createBrandsService(database),
    ...createCustomersService(database, stores),
  }
}
