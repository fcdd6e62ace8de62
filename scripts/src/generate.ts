/**
 * `pnpm generate`: brings the catalog and the docs of connectors up to date with `connectors/`.
 * With `--check` it writes nothing, and fails when anything is out of date.
 */
import { runCommand } from './failure.js'
import { generate, writeGenerated } from './generate/generate.js'
import { ROOT } from './paths.js'

runCommand(async () => {
  const generation = await generate(ROOT)
  const { broken, stale } = generation
  for (const { package: found, reason } of broken) console.error(`${found.folder} is left out:\n${reason}\n`)
  if (process.argv.includes('--check')) {
    for (const path of stale) console.error(`${path} is out of date`)
    if (stale.length > 0) console.error('\nRun `npx -y pnpm@12 generate`, and commit what it writes.')
    return broken.length + stale.length === 0 ? 0 : 1
  }
  writeGenerated(ROOT, generation)
  for (const path of stale) console.log(`${generation.files.has(path) ? 'wrote' : 'removed'} ${path}`)
  return broken.length === 0 ? 0 : 1
})
