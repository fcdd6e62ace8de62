import { isApiError } from '../client/index.js'
import { listen } from './listen.js'
import { readCommand, USAGE, UsageError } from './options.js'

const stopping = new AbortController()
// Once: a second Ctrl-C ends the program at once.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())

try {
  const command = readCommand(process.argv.slice(2), process.env)
  const print = (line: string): void => void process.stdout.write(`${line}\n`)
  if (command.name === 'help') print(USAGE)
  else await listen(command, { signal: stopping.signal, print })
} catch (error) {
  if (!(error instanceof UsageError) && !isApiError(error)) throw error
  const detail = isApiError(error) ? (error.detail ?? '') : ''
  process.stderr.write(`${[error.message, detail].filter((text) => text !== '').join(' ')}\n`)
  process.exitCode = 1
}
