/** A fictional vendor's product, Larkfield, that shows the builder to its customers: `pnpm example:host-app`. */
import { createApp } from './app.js'
import { createAutomation } from './automation.js'
import { readOptions } from './options.js'
import { Orders } from './orders.js'

const options = readOptions(process.env)
const automation = createAutomation(options)
const server = createApp(options, { orders: new Orders(), automation }).listen(options.port, () => {
  console.log(`
  Larkfield     http://localhost:${options.port}
  as component  http://localhost:${options.port}/automations
  as iframe     http://localhost:${options.port}/frame.html
  as elements   http://localhost:${options.port}/elements.html

  The automations are those of ${options.customer.name} on ${options.baseUrl}.
`)
  automation.register().then(
    () => console.log('  Larkfield’s own actions and events are in the builder.\n'),
    (error: unknown) => console.error(`  ${error instanceof Error ? error.message : String(error)}\n`),
  )
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
