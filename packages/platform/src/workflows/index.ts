export { createDefinitionStore } from './definitions.js'
export type { Version, VersionSummary, Workflow, WorkflowSummary } from './schema.js'
export {
  createWorkflowsService,
  type DraftChange,
  type NewWorkflow,
  type PublishRequest,
  type Samples,
  type SavedDraft,
  type TestRequest,
  type WorkflowsService,
} from './service.js'
export { WorkflowStore } from './store.js'
