import { ConfigError, readConfig } from '@inlay/platform/config'
import { compose } from './compose.js'
import { createHttpServer } from './http/app.js'

/** Ends the process with one sentence that says what to do. */
function refuse(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const plane = await compose(config)
  await plane.ready()
  const server = createHttpServer(plane)
  server.on('error', (error: NodeJS.ErrnoException) => {
    refuse(
      error.code === 'EADDRINUSE'
        ? `Port ${config.port} is already in use. Set PORT to a free one.`
        : `The server failed: ${error.message}`,
    )
  })
  server.listen(config.port, () => plane.log.info({ 'url.full': config.baseUrl }, 'The control plane is listening.'))
  const stop = (): void => {
    server.close()
    server.closeAllConnections()
    void plane.close().finally(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) refuse(error.message)
  refuse(`The control plane could not start: ${error instanceof Error ? error.message : String(error)}`)
})
