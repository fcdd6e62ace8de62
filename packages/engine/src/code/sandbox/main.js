/**
 * The program of a sandbox process: takes jobs from standard input, one line of JSON each, and answers in the same way.
 * This folder is JavaScript because Node.js executes these very files, with its permission model on, from the sources
 * in our tests as from the published package; a TypeScript loader would need permissions that a sandbox must not have.
 * docs/adr/0013-code-runs-in-child-processes.md
 */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { closeDoors } from './close-doors.js'
import { createSandbox, runCode } from './run-code.js'

/** @import { SandboxRequest } from '../messages.js' */

// A terminal and a service manager signal the whole group, but the parent decides when this process ends.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => {})
process.stdin.on('end', () => process.exit(0))
process.stdout.on('error', () => process.exit(0))

// By default V8 optimises QuickJS during its first jobs, which takes several times what starting takes, for a process that
// may serve few. Later it does so for those that compute much.
setFlagsFromString('--wasm-tiering-budget=300000000')

// The parent found both: looking for packages takes permissions to read that this process has not got.
const [libraryUrl = '', wasmPath = '', settings = ''] = process.argv.slice(2)
const { limits, memoryBytes, readyLine } = JSON.parse(settings)
const engine = { library: await import(libraryUrl), module: await WebAssembly.compile(readFileSync(wasmPath)), limits }

/**
 * The sandbox of the next job, made while nobody waits for it.
 *
 * @type {ReturnType<typeof createSandbox>}
 */
let next = createSandbox(engine, memoryBytes)
// V8 compiles a WebAssembly function when it is first called: let that be now.
runCode(await next, { source: 'return input', input: '{}', timeoutMs: 1000, memoryBytes: 0, maxOutputBytes: 100 })
next = createSandbox(engine, memoryBytes)
closeDoors()

/** @param {string} line */
async function answer(line) {
  /** @type {SandboxRequest} */
  const request = JSON.parse(line)
  let sandbox = await next
  if (sandbox.memoryBytes !== request.memoryBytes) sandbox = await createSandbox(engine, request.memoryBytes)
  const reply = runCode(sandbox, request)
  process.stdout.write(`${JSON.stringify(reply)}\n`)
  next = createSandbox(engine, request.memoryBytes)
}

let received = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (chunk) => {
  received += chunk
  // One job at a time: the parent sends no other before the answer.
  if (!received.endsWith('\n')) return
  const line = received
  received = ''
  void answer(line)
})
process.stdout.write(`${readyLine}\n`)
