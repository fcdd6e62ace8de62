/** `npx -y pnpm@12 start`: from a fresh clone to a running product, and from then on to the same one with its data. */
import { runCommand } from './failure.js'
import { dataFolder } from './paths.js'
import { startProduct } from './product/product.js'
import { readSettings } from './product/settings.js'

runCommand(async () => {
  const settings = readSettings(process.env)
  console.log('Starting …')
  const controller = new AbortController()
  const stopped = stopSignal().then(() => controller.abort())
  const product = await startProduct({ folder: dataFolder(), settings, env: process.env, signal: controller.signal })
  const { demo } = product
  console.log(`
  Portal      ${demo.baseUrl}
  E-mail      ${demo.portalEmail}
  Password    ${demo.portalPassword}

  Try it      curl -X POST ${demo.webhookUrl} \\
                -H 'content-type: application/json' \\
                -d '{"order":{"id":"A-1001","total":99.5,"customer":"Kim"}}'
  Its calls   curl ${demo.stubUrl}/calls

  Stop with Ctrl-C; everything is kept in ${dataFolder()}.
`)
  await stopped
  console.log('Stopping …')
  await product.stop()
  return 0
})

/** Resolves at the first request to stop; further ones are ignored, because stopping in order takes its time. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })
}
