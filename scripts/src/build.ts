/** `pnpm build`: compiles and bundles everything that has changed. */
import { build } from './build/build.js'
import { runCommand } from './failure.js'

runCommand(async () => {
  await build()
  return 0
})
