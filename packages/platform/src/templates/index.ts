export type { Automation } from './automation-schema.js'
export { type AutomationChange, type AutomationsService, createAutomationsService } from './automations.js'
export type { Template } from './schema.js'
export { createTemplatesService, type NewTemplate, type TemplatesService, withoutConnections } from './service.js'
