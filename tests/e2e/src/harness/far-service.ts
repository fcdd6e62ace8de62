import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service that automations call, and that breaks and is mended when a test says so. */
export interface FarService {
  readonly url: string
  /** The bodies of all calls, refused ones too. */
  readonly calls: unknown[]
  /** Whether calls are refused. */
  isBroken: boolean
  close(): void
}

export async function startFarService(): Promise<FarService> {
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    service.calls.push(JSON.parse(text))
    response.writeHead(service.isBroken ? 422 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(service.isBroken ? { error: 'The till is closed.' } : { ok: true }))
  })
  // The address that the demo may call: see the launcher.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.77', resolve))
  // A server that listens on TCP has an AddressInfo, never a pipe's name.
  const { port } = server.address() as AddressInfo
  const service: FarService = {
    url: `http://127.0.0.77:${port}`,
    calls: [],
    isBroken: false,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return service
}
