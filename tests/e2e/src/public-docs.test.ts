import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-api'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The source files behind the `exports` of a package. */
function entriesOf(folder: string): string[] {
  const { exports } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    exports: Record<string, { 'inlay-source'?: string }>
  }
  return Object.values(exports).flatMap((entry) => {
    const source = entry['inlay-source']
    return source === undefined ? [] : [join(root, folder, source)]
  })
}

/** Exported names, and methods of exported interfaces, that nobody has described. */
function undocumented(folder: string): string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, join(root, folder))
  const program = ts.createProgram(entriesOf(folder), { ...options, noEmit: true, allowJs: true })
  const checker = program.getTypeChecker()
  const missing = new Set<string>()
  for (const entry of entriesOf(folder)) {
    const file = program.getSourceFile(entry)
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
    for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported
      for (const declaration of symbol.declarations ?? []) {
        if (!declaration.getSourceFile().fileName.includes(`/${folder}/src/`)) continue
        for (const name of undescribed(declaration, symbol.name)) missing.add(name)
      }
    }
  }
  return [...missing].sort()
}

function undescribed(declaration: ts.Declaration, name: string): string[] {
  const host = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  const own = hasDoc(host) ? [] : [name]
  if (!ts.isInterfaceDeclaration(declaration)) return own
  const methods = declaration.members.filter((member) => ts.isMethodSignature(member) && !hasDoc(member))
  return [...own, ...methods.map((method) => `${name}.${method.name?.getText() ?? ''}`)]
}

function hasDoc(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0
}

describe('what a package publishes', () => {
  it.each(['packages/engine', 'packages/sdk'])('is described: %s', (folder) => {
    expect(undocumented(folder)).toEqual([])
  })
})
