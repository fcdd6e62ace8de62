/** Documents name files that exist: a path that has moved sends its reader astray. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './harness/product.js'

/** Where our files are; a text in backticks that begins with one of these is a path of the repository. */
const FOLDERS = ['.ci', 'apps', 'bench', 'connectors', 'docs', 'examples', 'packages', 'scripts', 'tests']
/** What a build makes; it may not have been made yet. */
const BUILT = /(^|\/)dist(\/|$)/
/** `<name>` stands for what the reader chooses. */
const PLACEHOLDER = /\/?[^/]*<[^>]*>.*$/

const documents = [
  ...documentsOf('.'),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
  ...['packages', 'connectors'].flatMap((group) =>
    readdirSync(join(ROOT, group)).flatMap((name) => documentsOf(`${group}/${name}`)),
  ),
]

describe('the documents', () => {
  it.each(documents)('%s names paths that exist', (document) => {
    const text = readFileSync(join(ROOT, document), 'utf8')
    expect(namedPaths(text).filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it.each(documents)('%s links to files that exist', (document) => {
    const text = readFileSync(join(ROOT, document), 'utf8')
    const folder = dirname(join(ROOT, document))
    expect(linkedFiles(text).filter((path) => !existsSync(resolve(folder, path)))).toEqual([])
  })

  it('name many: the search for paths finds them', () => {
    const all = documents.flatMap((document) => namedPaths(readFileSync(join(ROOT, document), 'utf8')))
    expect(documents.length).toBeGreaterThan(10)
    expect(new Set(all).size).toBeGreaterThan(40)
    expect(namedPaths('`packages/no/such.ts`, `a/b`, `apps/x/dist/main.js`, `connectors/<name>/src`')).toEqual([
      'packages/no/such.ts',
      'connectors',
    ])
  })
})

function documentsOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
}

/** Paths of the repository in backticks, also inside of a command; of one with a placeholder, the part before it. */
function namedPaths(text: string): string[] {
  const prose = text.replaceAll(/^ *```.*?^ *```$/gms, '')
  return [...prose.matchAll(/`([^`\n]+)`/g)]
    .flatMap(([, quoted = '']) => quoted.split(/[\s,]+/))
    .filter(isOurs)
    .map((path) => path.replace(PLACEHOLDER, '').replace(/\/$/, ''))
}

function isOurs(word: string): boolean {
  const isFile = /^\.?[\w-]+(\.[\w-]+)*\.(cjs|json|md|yaml)$/.test(word) && existsSync(join(ROOT, word))
  return !BUILT.test(word) && (isFile || FOLDERS.some((folder) => word.startsWith(`${folder}/`)))
}

function linkedFiles(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
}
