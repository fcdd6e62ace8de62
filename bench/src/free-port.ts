import { type AddressInfo, createServer } from 'node:net'

/** A TCP port of the loopback address that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      // A server that listens on TCP has an AddressInfo, never a pipe's name.
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
