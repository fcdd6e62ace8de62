/** `pnpm example:host-app`: the example of a vendor's product, against the product that `pnpm start` runs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build/build.js'
import { run } from './command.js'
import { Refusal, runCommand } from './failure.js'
import { dataFolder, ROOT } from './paths.js'

runCommand(async (signal) => {
  const demoFile = join(dataFolder(), 'demo.json')
  if (!existsSync(demoFile))
    throw new Refusal('The product does not run yet: start it in another terminal first, with npx -y pnpm@12 start')
  await build(signal)
  const code = await run(process.execPath, ['examples/host-app/dist/main.js'], {
    cwd: ROOT,
    signal,
    env: { ...process.env, INLAY_DEMO_FILE: demoFile },
  })
  // Ctrl-C is how it ends.
  return signal.aborted ? 0 : code
})
