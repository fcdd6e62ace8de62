export { createTestEgress, loadOptions, type RunActionOptions, runAction, testConnection } from './run-action.js'
export {
  type StubAnswer,
  type StubHandler,
  type StubRequest,
  type StubRoutes,
  type StubServer,
  startStubServer,
} from './stub-server.js'
