import type { Database } from '../database/index.js'
import { SampleStore } from './step-tests/store.js'
import { WorkflowStore } from './store.js'
import { StoredTestStore } from './stored-tests/store.js'

/** The rows that the services of workflows stand on. */
export interface WorkflowStores {
  readonly store: WorkflowStore
  readonly samples: SampleStore
  readonly tests: StoredTestStore
}

export function openWorkflowStores(database: Database): WorkflowStores {
  return {
    store: new WorkflowStore(database),
    samples: new SampleStore(database),
    tests: new StoredTestStore(database),
  }
}
