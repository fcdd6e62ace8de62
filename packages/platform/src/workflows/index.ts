export type { Version, VersionSummary, Workflow, WorkflowSummary } from './schema.js'
export { createWorkflowsService, type WorkflowsService } from './service.js'
export { WorkflowStore } from './store.js'
