/** Starts the control plane: `node apps/control-plane/dist/main.js`, configured by the environment. */
import type { Server } from 'node:http'
import { readConfig } from '@inlay/platform/config'
import { describeStartFailure } from '@inlay/platform/database'
import { type ControlPlane, compose } from './compose.js'
import { createHttpServer, type HttpServer } from './http/app.js'

/** How long requests under way may take to end after a signal to stop. */
const DRAIN_MS = 10_000

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const plane = await compose(config)
  const http = createHttpServer(plane)
  await listen(http.server, config.port)
  plane.log.info({ 'url.full': config.baseUrl }, 'The control plane is listening.')
  process.send?.('ready')
  const stop = (): void => {
    void shutDown(http, plane).finally(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      reject(isTaken ? new Error(`Port ${port} is already in use. Set PORT to a free one.`) : error)
    })
    server.listen(port, resolve)
  })
}

/** Lets requests under way end, then closes everything. */
async function shutDown(http: HttpServer, plane: ControlPlane): Promise<void> {
  await http.close(DRAIN_MS)
  await plane.close()
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeStartFailure(error)}\n`)
  process.exit(1)
})
