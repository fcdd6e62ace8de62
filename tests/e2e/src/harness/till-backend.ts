import { createServer, type Server } from 'node:http'
import { action, type Connector, defineConnector, z } from '@inlay/sdk/connector'
import { serveConnector, toNodeHandler } from '@inlay/sdk/serve'

const till: Connector = defineConnector({
  id: 'till',
  version: '1.0.0',
  name: 'The till',
  description: 'Sales in the shop.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z"/></svg>',
  color: '#0b6e4f',
  categories: ['commerce'],
  docs: 'There is nothing to connect.',
  auth: { kind: 'none' },
  actions: {
    ring: action({
      name: 'Ring up a sale',
      description: 'Adds a sale.',
      input: z.strictObject({ total: z.number().meta({ title: 'Total' }) }),
      output: z.object({ total: z.number() }),
      sampleInput: { total: 10 },
      sampleOutput: { total: 10 },
      run: async ({ input }) => input,
    }),
  },
  triggers: {},
})

/** A vendor's backend that serves a connector. Stop it with `close()`. @param port at the address that the demo may call */
export function startTillBackend(port: number, secret: string): Promise<Server> {
  const handler = toNodeHandler(serveConnector(till, { secret }))
  return new Promise((resolve) => {
    const server = createServer((request, response) => void handler(request, response))
    server.listen(port, '127.0.0.77', () => resolve(server))
  })
}
