export {
  attemptAction,
  type LoadFieldRequest,
  loadOptions,
  loadSchema,
  type RunActionOptions,
  runAction,
  testConnection,
} from './run-action.js'
export {
  type AppDeliveryResult,
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
  type StubHandler,
  type StubRequest,
  type StubRoutes,
  type StubServer,
  startStubServer,
} from './stub-server.js'
export {
  createTestEgress,
  createTestFiles,
  createTestStores,
  type TestContext,
  type TestContextOptions,
  withTestContext,
} from './test-context.js'
