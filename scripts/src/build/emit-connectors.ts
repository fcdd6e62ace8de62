import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript-api'
import { ROOT } from '../paths.js'

const FOLDER = join(ROOT, 'connectors')

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  sourceMap: true,
}

/**
 * Writes `dist/` of every connector, file by file and without looking at types: one project has checked those of all
 * connectors at once (docs/adr/0026-connectors-are-checked-together.md).
 */
export function emitConnectors(): void {
  for (const folder of readdirSync(FOLDER, { withFileTypes: true })) {
    if (folder.isDirectory()) emitPackage(join(FOLDER, folder.name))
  }
}

function emitPackage(folder: string): void {
  for (const file of sourcesIn(join(folder, 'src'))) {
    const target = join(folder, 'dist', relative(join(folder, 'src'), file)).replace(/\.ts$/, '.js')
    const source = relative(dirname(target), file)
    const { outputText, sourceMapText } = ts.transpileModule(readFileSync(file, 'utf8'), {
      compilerOptions: OPTIONS,
      fileName: source,
    })
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, outputText.replace(/(\/\/# sourceMappingURL=).*\s*$/, `$1${nameOf(target)}.map\n`))
    if (sourceMapText !== undefined) writeFileSync(`${target}.map`, withSource(sourceMapText, source))
  }
}

function sourcesIn(folder: string): string[] {
  const isSource = (name: string): boolean => /\.ts$/.test(name) && !/\.(test|d)\.ts$/.test(name)
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function withSource(map: string, source: string): string {
  // The compiler wrote it a moment ago.
  return JSON.stringify({ ...(JSON.parse(map) as object), sources: [source], sourceRoot: '' })
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
