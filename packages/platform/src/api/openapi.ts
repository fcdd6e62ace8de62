import { generateOpenApiDocument } from 'trpc-to-openapi'
import { appRouter } from './router.js'

/** The OpenAPI 3.1 document of the REST API, derived from the procedures. */
export function openApiDocument(baseUrl: string): Record<string, unknown> {
  const document = generateOpenApiDocument(appRouter, {
    title: 'Automation API',
    description:
      'Customers, workflows, runs and connections. Errors are RFC 9457 problem documents with a stable `code`.',
    version: '1',
    baseUrl: `${baseUrl}/v1`,
    openApiVersion: '3.1.0',
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An API key (`ink_live_…`)' } },
  })
  return { ...document, security: [{ bearer: [] }] }
}
