import { createServer, type Server } from 'node:http'
import { serveConnector, toNodeHandler } from '@inlay/sdk/serve'
import { connector } from './connector.js'

/** Serves the connector from a backend of Acme's own. @param secret what the portal shows when it is registered */
export function serveAcme(secret: string): Server {
  return createServer(toNodeHandler(serveConnector(connector, { secret })))
}
