import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT, type RunningProduct } from './product.js'

/** Runs an operator's command of the control plane, with the settings of the running one. @returns what it printed */
export async function operate(product: RunningProduct, program: string, ...args: readonly string[]): Promise<string> {
  const [pid] = await product.pidsOf('apps/control-plane/dist/main.js')
  const variables = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    // The line to its launcher is the running one's alone.
    .filter((line) => line.includes('=') && !line.startsWith('NODE_CHANNEL_'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  const file = join(ROOT, 'apps/control-plane/dist', program)
  return (await promisify(execFile)(process.execPath, [file, ...args], { env: Object.fromEntries(variables) })).stdout
}
