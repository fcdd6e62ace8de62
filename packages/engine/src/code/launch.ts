import type { SpawnOptionsWithoutStdio } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { READY_LINE, SANDBOX_LIMITS } from './messages.js'

/** A program for `spawn`, with what it may do. */
export interface LaunchCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly options: SpawnOptionsWithoutStdio
}

/** For JSON texts on their way in and out; what the code itself allocates is WebAssembly memory and bounded there. */
const HEAP_MEGABYTES = 128

/**
 * How a sandbox process is started: without an environment, without permission to write, to read anything but its own
 * program, to start processes or threads, and without a way to make code from texts.
 *
 * @param memoryBytes what the first job will probably ask for
 */
export function launchCommand(memoryBytes: number): LaunchCommand {
  const program = realpathSync(fileURLToPath(new URL('./sandbox/main.js', import.meta.url)))
  const require = createRequire(import.meta.url)
  const library = require.resolve('quickjs-wasi')
  const wasm = require.resolve('quickjs-wasi/quickjs.wasm')
  return {
    file: process.execPath,
    args: [
      ...sandboxFlags([dirname(program), dirname(wasm)]),
      program,
      pathToFileURL(library).href,
      wasm,
      JSON.stringify({ limits: SANDBOX_LIMITS, memoryBytes, readyLine: READY_LINE }),
    ],
    options: { cwd: dirname(program), env: {}, windowsHide: true },
  }
}

/** The flags that confine a Node.js process to reading the given folders. */
export function sandboxFlags(readableFolders: readonly string[]): readonly string[] {
  return [
    // Renamed when it became stable, in 22.13 and 23.5.
    process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission',
    ...readableFolders.map((folder) => `--allow-fs-read=${join(folder, '*')}`),
    '--disable-proto=delete',
    '--disallow-code-generation-from-strings',
    `--max-old-space-size=${HEAP_MEGABYTES}`,
    '--no-warnings',
  ]
}
