export { type Customer, customerSchema, type Tenant, tenantSchema } from './schema.js'
export { createTenancyService, customerNotFound, type TenancyService } from './service.js'
