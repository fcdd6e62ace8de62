import { ConfigError, readConfig } from '@inlay/platform/config'
import { compose } from './compose.js'

/** Ends the process with one sentence that says what to do. */
function refuse(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const worker = await compose(readConfig(process.env))
  worker.log.info('The worker is ready.')
  process.send?.('ready')
  const stop = (): void => {
    void worker.close().finally(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) refuse(error.message)
  refuse(`The worker could not start: ${error instanceof Error ? error.message : String(error)}`)
})
