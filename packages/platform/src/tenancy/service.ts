import type { BlobStore } from '@inlay/engine'
import type { Database } from '../database/index.js'
import { type CustomersService, createCustomersService } from './customers.js'
import { createTenantsService, type TenantsService } from './tenants.js'

/** Tenants and their customers. */
export interface TenancyService extends TenantsService, CustomersService {}

/** @param blobs where customers' large outputs are, so that their erasure reaches them */
export function createTenancyService(database: Database, blobs?: BlobStore): TenancyService {
  return { ...createTenantsService(database), ...createCustomersService(database, blobs) }
}
