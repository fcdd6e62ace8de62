import { appRouter, isUnexpected, toProblem } from '@inlay/platform/api'
import { parseJson, readRawBody } from '@inlay/platform/triggers'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import express, { type RequestHandler, type Router } from 'express'
import type { ControlPlane } from '../compose.js'
import { createRequestContext } from './request-context.js'

const MAX_BATCH = 20

/** `/trpc` over HTTP. */
export function trpcApi(plane: ControlPlane): Router {
  const router = express.Router()
  router.use(checkedBody())
  router.use(
    createExpressMiddleware({
      router: appRouter,
      maxBatchSize: MAX_BATCH,
      createContext: ({ req, res }) => createRequestContext(req, { plane, response: res }),
      responseMeta: ({ errors }) => {
        const seconds = errors.map((error) => toProblem(error, { requestId: '', baseUrl: '' }).retryAfterSeconds ?? 0)
        const longest = Math.max(0, ...seconds)
        return longest === 0 ? {} : { headers: new Headers([['retry-after', String(longest)]]) }
      },
      onError: ({ error, path }) => {
        if (!isUnexpected(error)) return
        plane.log.error({ error: error.cause ?? error, procedure: path }, 'A procedure failed unexpectedly.')
      },
    }),
  )
  return router
}

/** Reads and checks the body as the REST API does, before tRPC parses it. */
function checkedBody(): RequestHandler {
  return async (request, _response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const text = (await readRawBody(request)).toString('utf8')
      if (text !== '') parseJson(text)
      request.body = text
    }
    next()
  }
}
