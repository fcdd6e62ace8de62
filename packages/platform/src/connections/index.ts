export { type Connection, connectionSchema } from './schema.js'
export { type ConnectionsService, createConnectionsService } from './service.js'
export { ConnectionStore } from './store.js'
