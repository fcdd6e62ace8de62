export { createDefinitionStore } from './definitions.js'
export { createDraftsService, type DraftState, type DraftsService, type DraftWatcher, type Presence } from './drafts.js'
export { createEditors, type Editor, type Editors } from './editors.js'
export { type OutputReads, outputReads } from './output-reads.js'
export type { Version, VersionSummary, Workflow, WorkflowSummary } from './schema.js'
export {
  createWorkflowsService,
  type DraftChange,
  type NewWorkflow,
  type PublishRequest,
  type SavedDraft,
  type TestRequest,
  type WorkflowsService,
} from './service.js'
export type { Samples } from './step-tests/latest-samples.js'
export type { TestEngineParts } from './step-tests/run-plan.js'
export { createStepTestsService, type StepTestRequest, type StepTestsService } from './step-tests/service.js'
export { TRIGGER_ID } from './step-tests/store.js'
export { WorkflowStore } from './store.js'
export { createStoredTestsService, type StoredTestsService } from './stored-tests/service.js'
export { openWorkflowStores, type WorkflowStores } from './stores.js'
export type { UseUpgrade } from './upgrade-check.js'
export {
  createUpgradesService,
  type OutdatedWorkflow,
  outdatedWorkflowSchema,
  type UpgradeCheck,
  type UpgradeRequest,
  type UpgradesService,
} from './upgrades.js'
