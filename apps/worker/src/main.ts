/** Starts a worker: `node apps/worker/dist/main.js`, configured by the environment. */
import { readConfig } from '@inlay/platform/config'
import { describeStartFailure } from '@inlay/platform/database'
import { compose } from './compose.js'

/** No shutdown takes longer, whatever hangs; what is under way then is taken over when its lease ends. */
const MAX_SHUTDOWN_MS = 28_000

async function main(): Promise<void> {
  const worker = await compose(readConfig(process.env))
  worker.log.info('The worker is ready.')
  process.send?.('ready')
  const stop = (): void => {
    setTimeout(() => process.exit(1), MAX_SHUTDOWN_MS).unref()
    void worker.close().finally(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeStartFailure(error)}\n`)
  process.exit(1)
})
