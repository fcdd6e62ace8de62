import { capture } from '../command.js'
import { Refusal } from '../failure.js'
import { ROOT } from '../paths.js'

// In a process of its own: it loads every connector from source, which needs this condition.
const NODE = ['--conditions=inlay-source', '--import', 'tsx', 'scripts/src/generate.ts']

/**
 * Runs `pnpm generate`.
 *
 * @param args `['--check']` writes nothing
 * @throws Refusal with what it said
 */
export async function runGenerate(args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const { code, output } = await capture(process.execPath, [...NODE, ...args], { cwd: ROOT, signal })
  if (code !== 0) throw new Refusal(output.trim())
}
