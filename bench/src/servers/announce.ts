import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on a free port and tells the parent process where. */
export function announce(server: Server, host: string): void {
  server.listen(0, host, () => {
    // A server that listens on TCP has an AddressInfo, never a pipe's name.
    const { port } = server.address() as AddressInfo
    process.send?.({ url: `http://${host}:${port}` })
  })
  process.on('disconnect', () => process.exit(0))
}
