/** Writes a catalog of the first connectors in a folder, as `pnpm generate` does. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { catalogFiles, GENERATED_FOLDER } from '../generate/catalog-files.js'
import { type DescribedConnector, describeConnector } from '../generate/connector-packages.js'

const [folder = '', size = '0'] = process.argv.slice(2)
const described = await Promise.all(
  Array.from({ length: Number(size) }, (_, index) => {
    const entry = join(folder, `packages/c${index}/index.ts`)
    const packageName = pathToFileURL(entry).href
    return describeConnector({ folder: `packages/c${index}`, packageName, entry, deprecated: null })
  }),
)
const sound = described.filter((one): one is DescribedConnector => 'summary' in one)
if (sound.length !== Number(size)) throw new Error(JSON.stringify(described.find((one) => 'reason' in one)))
for (const [path, content] of catalogFiles(sound)) {
  // Node takes `.js` for CommonJS where no package says otherwise.
  const name = path.slice(GENERATED_FOLDER.length + 1).replace(/\.js$/, '.mjs')
  const file = join(folder, `catalog-${size}`, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
