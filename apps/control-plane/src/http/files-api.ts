import { createHash } from 'node:crypto'
import { type ApiContext, once } from '@inlay/platform/api'
import { filesNotKept, mediaTypeOf, tooManyUploads } from '@inlay/platform/files'
import type { Caller, Permission } from '@inlay/platform/identity'
import express, { type Request, type Response, type Router } from 'express'
import type { ControlPlane } from '../compose.js'
import { FOREIGN_CONTENT_POLICY } from './foreign-content.js'
import { InProgress } from './in-progress.js'
import { measureRequest } from './measure-request.js'
import { readUpload } from './read-upload.js'
import { callerDenied, requireCaller } from './refusals.js'
import { createRequestContext } from './request-context.js'

/** Uploads of one tenant to this process; of the usual size they hold 150 MiB. */
const MAX_IN_PROGRESS = 6

/** `/v1/files`: takes files that people choose, gives them back, and removes them. */
export function filesApi(plane: ControlPlane): Router {
  const router = express.Router({ caseSensitive: true })
  const inProgress = new InProgress(MAX_IN_PROGRESS, tooManyUploads)
  router.post('/', async (request, response) => {
    measureRequest(plane.metrics, response, { route: '/v1/files', method: request.method })
    await upload(plane, inProgress, { request, response })
  })
  router.get('/:id', async (request, response) => {
    measureRequest(plane.metrics, response, { route: '/v1/files/:id', method: request.method })
    const caller = requirePermission(await createRequestContext(request, { plane, response }), ['runs:read'])
    const { file, bytes } = await plane.services.files.open(caller.scope, request.params.id)
    response.setHeader('content-type', file.contentType)
    response.setHeader('content-disposition', attachment(file.name))
    response.setHeader('content-security-policy', FOREIGN_CONTENT_POLICY)
    response.setHeader('content-length', bytes.length)
    response.end(bytes)
  })
  router.delete('/:id', async (request, response) => {
    measureRequest(plane.metrics, response, { route: '/v1/files/:id', method: request.method })
    const caller = requirePermission(await createRequestContext(request, { plane, response }), ['workflows:write'])
    await plane.services.files.remove(caller.scope, request.params.id)
    response.status(204).end()
  })
  return router
}

interface Exchange {
  readonly request: Request
  readonly response: Response
}

async function upload(plane: ControlPlane, inProgress: InProgress, { request, response }: Exchange): Promise<void> {
  const { files, callLimits } = plane.services
  const context = await createRequestContext(request, { plane, response })
  const caller = requirePermission(context, ['workflows:write', 'runs:start'])
  if (files.maxBytes === null) throw filesNotKept()
  const contentType = mediaTypeOf(request.headers['content-type'])
  await callLimits.take('uploads', caller)
  const leave = inProgress.enter(caller.scope.tenantId)
  try {
    const bytes = await readUpload(request, files.maxBytes)
    const { searchParams } = new URL(request.originalUrl, 'http://local')
    const customerId = searchParams.get('customerId') ?? undefined
    const file = { customerId, name: searchParams.get('name') ?? '', contentType, bytes }
    // A reference is JSON: its type says no more than its schema.
    const run = async () => ({ status: 201, body: { ...(await files.upload(caller.scope, file)) } })
    const { idempotencyKey: key } = context
    const { status, body } =
      key === undefined
        ? await run()
        : await once(plane, { caller, route: 'POST /v1/files', key, input: { ...file, bytes: hashOf(bytes) } }, run)
    response.status(status).json(body)
  } finally {
    leave()
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** @param permissions of which one is enough */
function requirePermission(context: ApiContext, permissions: readonly Permission[]): Caller {
  const caller = requireCaller(context, 'Send an API key or an embed session as a bearer token, or sign in.')
  if (permissions.some((permission) => caller.permissions.includes(permission))) return caller
  throw callerDenied(`the permission ${permissions.join(' or ')}`)
}

/** The name in the form that all browsers read, whatever its signs. */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `attachment; filename*=UTF-8''${encoded}`
}
