import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, defaultClientConditions, type InlineConfig, type Rolldown } from 'vite'
import { ROOT } from '../paths.js'
import { firstLoad, wholeLoad } from './first-load.js'

const EMBED_UI = join(ROOT, 'packages/embed-ui')
const FRAME = join(ROOT, 'apps/control-plane/embed')

/** A weight that pages of vendors carry, next to what it may be at most. */
export interface Size {
  readonly name: string
  /** After gzip. */
  readonly bytes: number
  /** After gzip; undefined for what is told without a gate. */
  readonly limit: number | undefined
}

const KB = 1000

/** Bundles what vendors put on their pages, as they would, and weighs it. */
export async function measureSizes(): Promise<readonly Size[]> {
  const inPage = await bundlePage()
  const frame = await bundle({ configFile: join(FRAME, 'vite.config.ts') })
  const loader = await bundle({ configFile: join(FRAME, 'vite.loader.config.ts') })
  const [page, framePage] = [firstLoad(inPage), firstLoad(frame)]
  return [
    { name: 'loader script', bytes: firstLoad(loader).scripts, limit: 6 * KB },
    { name: 'in the page: first chunk, React outside', bytes: page.scripts, limit: 190 * KB },
    { name: 'in the page: styles', bytes: wholeLoad(inPage).styles, limit: undefined },
    { name: 'in the page: everything', bytes: wholeLoad(inPage).scripts, limit: undefined },
    {
      name: 'frame: first load, React and styles inside',
      bytes: framePage.scripts + framePage.styles,
      limit: 260 * KB,
    },
    { name: 'frame: everything', bytes: wholeLoad(frame).scripts + wholeLoad(frame).styles, limit: undefined },
  ]
}

/** A vendor's page with the React component, as its bundler makes it. */
async function bundlePage(): Promise<Rolldown.RolldownOutput> {
  // Inside the package, where imports are found that a vendor's installation would bring along.
  const folder = mkdtempSync(join(EMBED_UI, 'dist/.page-'))
  try {
    const entry = join(folder, 'page.ts')
    writeFileSync(entry, `export { InlayBuilder } from '${join(EMBED_UI, 'src/index.ts')}'\n`)
    return await bundle({
      configFile: false,
      root: EMBED_UI,
      resolve: { conditions: ['inlay-source', ...defaultClientConditions] },
      build: {
        rolldownOptions: {
          input: entry,
          external: /^react(-dom)?(\/.*)?$/,
          preserveEntrySignatures: 'strict',
        },
      },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function bundle(config: InlineConfig): Promise<Rolldown.RolldownOutput> {
  const built = await build({
    ...config,
    mode: 'production',
    logLevel: 'error',
    build: { ...config.build, write: false, emptyOutDir: false },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (output === undefined || !('output' in output)) throw new Error('Vite has bundled nothing.')
  return output
}
