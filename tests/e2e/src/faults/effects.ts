import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The outside, as runs reach it: it counts, so that the engine cannot grade itself. */
export interface Effects {
  readonly url: string
  /** Every call, as its idempotency key, in order of arrival. */
  readonly calls: readonly string[]
  /** Answers the calls that were to be slow, and those to come at once. */
  release(): void
  close(): Promise<void>
}

export async function startEffects(): Promise<Effects> {
  const calls: string[] = []
  const held: ServerResponse[] = []
  let isReleased = false
  const server = createServer((request, response) => {
    calls.push(String(request.headers['idempotency-key'] ?? 'none'))
    request.resume()
    if (request.url === '/slow' && !isReleased) held.push(response)
    else response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo, never a pipe's name.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    release: () => {
      isReleased = true
      for (const response of held.splice(0)) response.end('{}')
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
