/** `pnpm example:host-app`: the example of a vendor's product, against the product that `pnpm start` runs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build/build.js'
import { run } from './command.js'
import { Refusal, runCommand } from './failure.js'
import { dataFolder, ROOT } from './paths.js'

runCommand(async () => {
  const demoFile = join(dataFolder(), 'demo.json')
  if (!existsSync(demoFile))
    throw new Refusal('The product has not been started yet. Run npx -y pnpm@12 start in another terminal first.')
  await build()
  return run(process.execPath, ['examples/host-app/dist/main.js'], {
    cwd: ROOT,
    env: { ...process.env, INLAY_DEMO_FILE: demoFile },
  })
})
