/** `npx -y pnpm@12 start`: from a fresh clone to a running product, and from then on to the same one with its data. */
import { once } from 'node:events'
import { runCommand } from './failure.js'
import { dataFolder } from './paths.js'
import { startProduct } from './product/product.js'
import { readSettings } from './product/settings.js'

runCommand(async (signal) => {
  const settings = readSettings(process.env)
  console.log('Starting …')
  const product = await startProduct({ folder: dataFolder(), settings, env: process.env, signal })
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
  await aborted(signal)
  console.log('Stopping …')
  await product.stop()
  return 0
})

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
