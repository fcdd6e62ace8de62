export { checkConnector } from './contract/check-connector.js'
export {
  CONTRACT_CHECKS,
  type ContractCheck,
  type ContractOptions,
  type ContractProblem,
  type ContractReport,
} from './contract/contract-report.js'
export { describeConnectorContract, type TestFramework } from './contract/describe-connector-contract.js'
export { FAILURES, type Failure, type FailureName } from './contract/failing-service.js'
export {
  accountOf,
  attemptAction,
  type LoadFieldRequest,
  loadOptions,
  loadSchema,
  OUTPUT,
  type RunActionOptions,
  runAction,
  testConnection,
} from './run-action.js'
export {
  type AppDeliveryResult,
  type DeliverAppEventOptions,
  type DeliveryResult,
  deliverAppEvent,
  deliverWebhook,
  incomingRequest,
  parseAppEvent,
  pollTrigger,
  type RunTriggerOptions,
  registerTrigger,
  type TestDelivery,
  type TestRegistration,
  unregisterTrigger,
} from './run-trigger.js'
export {
  type StubAnswer,
  type StubFailure,
  type StubHandler,
  type StubRequest,
  type StubRoutes,
  type StubServer,
  startStubServer,
} from './stub-server.js'
export {
  createTestEgress,
  type TestContext,
  type TestContextOptions,
  withTestContext,
} from './test-context.js'
export { createTestFiles, createTestStores } from './test-storage.js'
