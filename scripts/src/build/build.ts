import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { ROOT } from '../paths.js'
import { step } from '../progress.js'
import { sourcesHash } from './sources-hash.js'

const MARKER = join(ROOT, 'node_modules/.cache/inlay-build')
/** Scripts of packages that run after the compiler, in this order. */
const PACKAGE_SCRIPTS = ['build:types', 'build:bundle']

/** Builds everything, unless nothing has changed since the last build. */
export async function build(): Promise<void> {
  const hash = sourcesHash()
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === hash) return
  await step('Compiling TypeScript', () => tool(['tsc', '-b'], ROOT))
  for (const script of PACKAGE_SCRIPTS) {
    for (const folder of packageFolders()) {
      const command = scriptsOf(folder)[script]
      if (command !== undefined) await step(`Building ${folder}`, () => tool(['sh', '-c', command], join(ROOT, folder)))
    }
  }
  mkdirSync(dirname(MARKER), { recursive: true })
  writeFileSync(MARKER, hash)
}

async function tool([program = '', ...args]: readonly string[], cwd: string): Promise<void> {
  const path = [join(cwd, 'node_modules/.bin'), join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(':')
  const { code, output } = await capture(program, args, { cwd, env: { ...process.env, PATH: path } })
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
