import type { Database } from '../database/index.js'
import { type CustomersService, createCustomersService } from './customers.js'
import { createTenantsService, type TenantsService } from './tenants.js'

/** Tenants and their customers. */
export interface TenancyService extends TenantsService, CustomersService {}

export function createTenancyService(database: Database): TenancyService {
  return { ...createTenantsService(database), ...createCustomersService(database) }
}
