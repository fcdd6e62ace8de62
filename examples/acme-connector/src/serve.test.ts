import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { serveAcme } from './serve.js'

it('a served connector answers nobody who does not sign', async () => {
  const server = serveAcme('test-secret-of-the-vendor')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo, never a pipe's name.
  const { port } = server.address() as AddressInfo
  const { status } = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' })
  expect([400, 401, 403]).toContain(status)
  await new Promise((resolve) => server.close(resolve))
})
