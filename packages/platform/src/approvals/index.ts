export { hideLinks } from './hidden-links.js'
export { type Approval, DECISIONS, type Decision } from './schema.js'
export {
  type ApprovalPage,
  type ApprovalsService,
  createApprovalsService,
  type DecisionRequest,
  type InboxRequest,
} from './service.js'
export { ApprovalStore } from './store.js'
export { createWaitLinks } from './wait-tokens.js'
