export { type AcmeService, startAcme } from './acme-service.js'
export { type AcmeAddresses, connector, createAcmeConnector } from './connector.js'
export { serveAcme } from './serve.js'
