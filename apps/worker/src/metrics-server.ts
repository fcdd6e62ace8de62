import { createServer } from 'node:http'
import type { Metrics } from '@inlay/platform/telemetry'

/** Answers `GET /metrics`. */
export interface MetricsServer {
  /** Of the machine, as it was chosen when 0 was asked for. */
  readonly port: number
  close(): Promise<void>
}

/** Serves what a worker counts, in Prometheus' format. @throws Error when the port is taken */
export async function startMetricsServer({ registry }: Metrics, port: number): Promise<MetricsServer> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    const text = await registry.metrics()
    response.setHeader('content-type', registry.contentType).end(text)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
