import type { CustomerId, Engine, RunId, TenantId } from '@inlay/engine'
import { isInlayError } from '@inlay/engine'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { z } from 'zod'
import { ORDER_VERSION, ORDER_WORKFLOW } from './order-workflow.js'

const TENANT = 'ten_shop' as TenantId

const order = z.object({
  customer: z.string().min(1).max(50),
  sku: z.string().min(1).max(50),
  quantity: z.number().int().min(1).max(1000),
})

const decision = z.object({ approved: z.boolean(), by: z.string().max(200), comment: z.string().max(2000).optional() })

/** The service: orders start runs, people decide, anybody who may can look. */
export function createServer(engine: Engine): Express {
  const app = express()
  app.use(express.json({ limit: '100kb' }))

  app.post('/orders', async (request, response) => {
    const { customer, ...trigger } = order.parse(request.body)
    const scope = { tenantId: TENANT, customerId: `cus_${customer}` as CustomerId }
    const ids = { workflowId: ORDER_WORKFLOW, versionId: ORDER_VERSION, mode: 'live' as const }
    const key = request.header('idempotency-key')
    // Resolves once the run is durable: from here on it is carried out, whatever happens to this process.
    const { runId } = await engine.start({
      ...scope,
      ...ids,
      trigger,
      ...(key === undefined ? {} : { deduplicationKey: key }),
    })
    response.status(202).json({ runId })
  })

  app.get('/runs/:id', async (request, response) => {
    // The journal finds nothing for what is no id of a run.
    const runId = request.params.id as RunId
    const { status, error } = await engine.result({ tenantId: TENANT }, runId, { timeoutMs: 0 })
    response.json({ runId, status, error: error?.title })
  })

  app.get('/approvals', async (_request, response) => {
    const open = await engine.openWaits({ tenantId: TENANT }, { kind: 'approval', limit: 100 })
    response.json(open.map(({ run, detail }) => ({ runId: run.runId, ...detail })))
  })

  app.post('/approvals/:token', async (request, response) => {
    const { approved, by, comment = null } = decision.parse(request.body)
    const outcome = await engine.answer(request.params.token, { approved, by, comment })
    response.status(outcome === 'not_found' ? 404 : outcome === 'answered' ? 200 : 409).json({ outcome })
  })

  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    if (error instanceof z.ZodError) response.status(400).json({ title: z.prettifyError(error) })
    else if (isInlayError(error) && error.code === 'run.not_found') response.status(404).json({ title: error.message })
    else response.status(500).json({ title: 'This went wrong on our side.' })
  })
  return app
}
