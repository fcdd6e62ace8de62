/** `pnpm build`: compiles and bundles everything that has changed. */
import { build } from './build/build.js'
import { runCommand } from './failure.js'

runCommand(async (signal) => {
  await build(signal)
  return 0
})
