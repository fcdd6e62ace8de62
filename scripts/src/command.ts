import { type SpawnOptions, spawn } from 'node:child_process'

/**
 * Runs a program to its end, its output going to ours. Resolves to its exit code.
 *
 * @param options `signal` asks the program to end early
 */
export function run(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    child.once('error', (error) => {
      // One that was asked to end is waited for.
      if (options.signal?.aborted !== true) reject(error)
    })
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
}

/**
 * Runs a program to its end. Resolves to its exit code and everything it printed.
 *
 * @param options `signal` ends the program early
 */
export function capture(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** The full path of a program on PATH, or undefined. */
export async function findProgram(name: string): Promise<string | undefined> {
  const { code, output } = await capture('sh', ['-c', `command -v ${name}`])
  return code === 0 ? output.trim() : undefined
}
