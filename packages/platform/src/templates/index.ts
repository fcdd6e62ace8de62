export type { Template } from './schema.js'
export { createTemplatesService, type TemplatesService, withoutConnections } from './service.js'
