import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { ROOT } from '../paths.js'
import { step } from '../progress.js'
import { emitConnectors } from './emit-connectors.js'
import { runGenerate } from './run-generate.js'
import { sourcesHash } from './sources-hash.js'

const MARKER = join(ROOT, 'node_modules/.cache/inlay-build')
/** The script of packages that make bundles of what the compiler has checked. */
const BUNDLE_SCRIPT = 'build:bundle'

/** Without these a build is not there, whatever the marker says. */
const OUTPUTS = [
  'apps/control-plane/dist/main.js',
  'apps/control-plane/dist-portal/index.html',
  'apps/control-plane/dist-embed/index.html',
  'apps/worker/dist/main.js',
  'scripts/dist/product/stub.js',
]

/**
 * Builds everything, unless nothing has changed since the last build.
 *
 * @param signal ends the build early
 * @throws Refusal with what the compiler said
 */
export async function build(signal?: AbortSignal): Promise<void> {
  const hash = sourcesHash()
  const isThere = OUTPUTS.every((file) => existsSync(join(ROOT, file)))
  if (isThere && existsSync(MARKER) && readFileSync(MARKER, 'utf8') === hash) return
  await step('Generating the catalog', () => runGenerate([], signal))
  await step('Compiling TypeScript', () => tool(['tsc', '-b'], ROOT, signal))
  await step('Emitting connectors', async () => emitConnectors())
  for (const folder of packageFolders()) {
    const command = scriptsOf(folder)[BUNDLE_SCRIPT]
    if (command === undefined) continue
    await step(`Building ${folder}`, () => tool(['sh', '-c', command], join(ROOT, folder), signal))
  }
  mkdirSync(dirname(MARKER), { recursive: true })
  // What was generated is among the sources.
  writeFileSync(MARKER, sourcesHash())
}

async function tool(
  [program = '', ...args]: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const path = [join(cwd, 'node_modules/.bin'), join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(':')
  const { code, output } = await capture(program, args, { cwd, signal, env: { ...process.env, PATH: path } })
  if (code !== 0) throw new Refusal(`The build failed:\n${output.trim()}`)
}

function packageFolders(): string[] {
  return ['packages', 'apps', 'examples'].flatMap((group) =>
    readdirSync(join(ROOT, group))
      .map((name) => `${group}/${name}`)
      .filter((folder) => existsSync(join(ROOT, folder, 'package.json'))),
  )
}

function scriptsOf(folder: string): Readonly<Record<string, string>> {
  const manifest = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>
  }
  return manifest.scripts ?? {}
}
