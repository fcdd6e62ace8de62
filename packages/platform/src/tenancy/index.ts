export { type Brand, brandSchema } from './brand-schema.js'
export { customerNotFound } from './customers.js'
export { type Customer, customerSchema, type Tenant, tenantSchema } from './schema.js'
export { createTenancyService, type TenancyService } from './service.js'
