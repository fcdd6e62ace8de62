import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '@inlay/engine'
import type { ReadOpenApi } from '@inlay/platform/tenant-connectors'

const TIME_LIMIT_MS = 60_000
const MEMORY_MB = 1_024

type Answer =
  | Awaited<ReturnType<ReadOpenApi>>
  | { readonly refused: { readonly code: string; readonly message: string; readonly detail?: string } }

const extension = extname(fileURLToPath(import.meta.url))
// From source, the process needs what this one was started with.
const SOURCE_ARGUMENTS = extension === '.ts' ? ['--import', 'tsx', '--conditions=inlay-source'] : []

/** Makes a connector's description of an OpenAPI document, in a process of its own. @throws UserError `openapi.*` */
export const readOpenApi: ReadOpenApi = async (document) => {
  const child = fork(fileURLToPath(new URL(`./reading-process${extension}`, import.meta.url)), [], {
    execArgv: [...SOURCE_ARGUMENTS, `--max-old-space-size=${MEMORY_MB}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Nothing of the document's business is in the environment.
    env: { PATH: process.env['PATH'] },
  })
  try {
    child.send(document)
    const answer = await answerOf(child)
    if (!('refused' in answer)) return answer
    const { code, message, detail } = answer.refused
    throw new UserError('unprocessable', code, message, detail === undefined ? {} : { detail })
  } finally {
    child.kill('SIGKILL')
  }
}

async function answerOf(child: ChildProcess): Promise<Answer> {
  const ended = new AbortController()
  const { signal } = ended
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)])
    const answered = await Promise.race([
      once(child, 'message', { signal: limit }),
      once(child, 'exit', { signal: limit }).then(() => undefined),
    ])
    if (answered === undefined) throw tooMuch()
    // Only our own process is at the other end.
    return answered[0] as Answer
  } catch (error) {
    if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError')) throw tooMuch()
    throw error
  } finally {
    ended.abort()
  }
}

function tooMuch(): UserError {
  return new UserError(
    'unprocessable',
    'openapi.too_large',
    'The document takes too long or too much memory to read.',
    {
      detail: 'Leave out what is not needed of it, or import it with the command of the how-to.',
    },
  )
}
