export { loadOptions, type RunActionOptions, runAction, testConnection } from './run-action.js'
export { type StubAnswer, type StubRequest, type StubServer, startStubServer } from './stub-server.js'
