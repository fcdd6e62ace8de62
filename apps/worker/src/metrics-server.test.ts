import { createMetrics } from '@inlay/platform/telemetry'
import { createTriggerMetrics } from '@inlay/platform/triggers'
import { expect, it } from 'vitest'
import { startMetricsServer } from './metrics-server.js'

it('what a worker counts can be read, and nothing else is there', async () => {
  const metrics = createMetrics('worker')
  createTriggerMetrics(metrics.registry).polled('acme', 'succeeded')
  const server = await startMetricsServer(metrics, 0)
  try {
    const answer = await fetch(`http://127.0.0.1:${server.port}/metrics`)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    expect(await answer.text()).toMatch(/inlay_trigger_polls_total\{connector="acme",outcome="succeeded".*\} 1/)
    expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(404)
    await expect(startMetricsServer(metrics, server.port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  } finally {
    await server.close()
  }
})
