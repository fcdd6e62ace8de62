import express, { type Router } from 'express'
import type { ControlPlane } from '../compose.js'

/** `/healthz` (the process answers), `/readyz` (it can work) and `/metrics`. */
export function health(plane: ControlPlane): Router {
  const router = express.Router()
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  router.get('/readyz', async (_request, response) => {
    try {
      await plane.ready()
      response.json({ status: 'ready' })
    } catch (error) {
      plane.log.warn({ error }, 'Not ready.')
      response.status(503).json({ status: 'not ready' })
    }
  })
  router.get('/metrics', async (_request, response) => {
    const { registry } = plane.metrics
    response.type(registry.contentType).send(await registry.metrics())
  })
  return router
}
