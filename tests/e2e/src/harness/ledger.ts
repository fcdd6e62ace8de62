import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** A service outside the product that counts what reaches it, so that the product cannot grade itself. */
export interface Ledger {
  readonly url: string
  /** How often each idempotency key was seen. */
  readonly calls: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** @param answerAfterMs how long each call takes, so that there is a middle to strike in */
export async function startLedger(answerAfterMs: number): Promise<Ledger> {
  const calls = new Map<string, number>()
  const server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key'] ?? 'none')
    calls.set(key, (calls.get(key) ?? 0) + 1)
    request.resume()
    void delay(answerAfterMs).then(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'))
  })
  // The address that the demo may call: see the launcher.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.77', resolve))
  // A server that listens on TCP has an AddressInfo, never a pipe's name.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.77:${port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
