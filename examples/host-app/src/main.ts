/** A fictional vendor's product, Larkfield, that shows the builder to its customers: `pnpm example:host-app`. */
import { createApp } from './app.js'
import { readOptions } from './options.js'

const options = readOptions(process.env)
const server = createApp(options).listen(options.port, () => {
  console.log(`
  Larkfield     http://localhost:${options.port}
  as component  http://localhost:${options.port}/automations
  as iframe     http://localhost:${options.port}/frame.html

  The automations are those of ${options.customer.name} on ${options.baseUrl}.
`)
})
server.on('error', (error) => {
  console.error(`The example cannot listen on port ${options.port}: ${error.message}. Set PORT to another one.`)
  process.exitCode = 1
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close()
    server.closeAllConnections()
  })
}
