import { z } from 'zod'
import { anyJson, instant } from '../api/json.js'

/** Where a tenant's own connector comes from: its backend serves it, or a description of an API was imported. */
const TENANT_CONNECTOR_SOURCES = ['remote', 'openapi'] as const
/** One of `TENANT_CONNECTOR_SOURCES`. */
export type TenantConnectorSource = (typeof TENANT_CONNECTOR_SOURCES)[number]

/** A connector of the tenant's own, without its secret. */
export const tenantConnectorSchema = z.object({
  id: z.string(),
  source: z.enum(TENANT_CONNECTOR_SOURCES),
  /** The connector's own id; null until it was reached for the first time. */
  connector: z.string().nullable(),
  url: z.string().nullable(),
  status: z.enum(['pending', 'ok', 'failing']),
  /** What is wrong with it. */
  detail: z.string().nullable(),
  /** Newest first. */
  versions: z.array(z.string()),
  createdAt: instant,
  updatedAt: instant,
})
/** A connector of the tenant's own, without its secret. */
export type TenantConnector = z.infer<typeof tenantConnectorSchema>

/** What became of an OpenAPI document: a description to add, and everything that it lacks or has in another way. */
export const readDocumentSchema = z.object({
  definition: anyJson,
  notes: z.array(
    z.object({
      kind: z.enum(['left_out', 'changed', 'advice']),
      /** JSON Pointer into the document. */
      pointer: z.string(),
      reason: z.string(),
    }),
  ),
})
/** Makes a description of an OpenAPI document. @throws UserError `openapi.*` that says what is wrong with it */
export type ReadOpenApi = (document: string) => Promise<z.infer<typeof readDocumentSchema>>
