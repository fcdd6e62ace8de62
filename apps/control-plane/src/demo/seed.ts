/**
 * Seeds the demo: `node apps/control-plane/dist/demo/seed.js`, with the environment of the control plane. The last line
 * it prints is a `Demo` as JSON. `DEMO_STUB_URL` is where the automations call; `DEMO_ORIGINS` (comma-separated) are the
 * pages that may show the widget.
 */
import { readConfig } from '@inlay/platform/config'
import { describeStartFailure } from '@inlay/platform/database'
import { compose } from '../compose.js'
import { seedDemo } from './demo.js'

async function main(): Promise<void> {
  const plane = await compose(readConfig(process.env))
  try {
    const stubUrl = process.env['DEMO_STUB_URL'] ?? 'http://127.0.0.77:4499'
    const allowedOrigins = (process.env['DEMO_ORIGINS'] ?? 'http://localhost:4500').split(',')
    const demo = await seedDemo(plane, { stubUrl, allowedOrigins })
    process.stdout.write(`${JSON.stringify(demo)}\n`)
  } finally {
    await plane.close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeStartFailure(error)}\n`)
  process.exitCode = 1
})
