import { generateOpenApiDocument } from 'trpc-to-openapi'
import { ERRORS_PATH } from '../help/index.js'
import { downloadOperation, FILE_PATH, FILES_PATH, removeOperation, uploadOperation } from './files-document.js'
import { PROXY_PATH, proxyOperations } from './proxy-document.js'
import { restRoutes } from './rest.js'
import { appRouter } from './router.js'

/** The OpenAPI 3.1 document of the REST API, derived from the procedures. */
export function openApiDocument(baseUrl: string): Record<string, unknown> {
  const document = generateOpenApiDocument(appRouter, {
    title: 'Automation API',
    description: `Customers, workflows, runs and connections. Errors are RFC 9457 problem documents with a stable \`code\`: [all codes](${baseUrl}${ERRORS_PATH}). Lists take \`cursor\` and \`limit\` and answer \`data\` and \`nextCursor\`. Guides, and where a coding agent begins, are listed in [llms.txt](${baseUrl}/llms.txt).`,
    version: '1',
    baseUrl: `${baseUrl}/v1`,
    openApiVersion: '3.1.0',
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', description: 'An API key (`ink_live_…`) or an embed session.' },
    },
  })
  // A document is JSON; the generator's own types admit more than it makes here.
  const { paths, components, ...rest } = document as unknown as Generated
  const described = restRoutes().reduce(describeRoute, new Map(Object.entries(paths)))
  return {
    ...rest,
    paths: Object.fromEntries(
      described
        .set(FILES_PATH, { post: uploadOperation(REFUSED, IDEMPOTENCY_KEY) })
        .set(FILE_PATH, { get: downloadOperation(REFUSED), delete: removeOperation(REFUSED) })
        .set(PROXY_PATH, proxyOperations(REFUSED)),
    ),
    components: { ...components, schemas: { Problem: PROBLEM_SCHEMA }, responses: RESPONSES },
  }
}

interface Operation {
  readonly parameters?: readonly unknown[]
  readonly responses: Readonly<Record<string, unknown>>
}

interface Generated {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  /** Its schemas are those of the generator's own error answers, which ours replace. */
  readonly components: Readonly<Record<string, unknown>>
}

type Paths = Map<string, Readonly<Record<string, Operation>>>

/** Says of a route what the generator cannot know: its status, how it refuses, and what its headers mean. */
function describeRoute(paths: Paths, { method, path, status }: ReturnType<typeof restRoutes>[number]): Paths {
  const address = path.replaceAll(/:(\w+)/g, '{$1}')
  const operations = paths.get(address)
  const operation = operations?.[method.toLowerCase()]
  if (operations === undefined || operation === undefined) return paths
  const described: Operation = {
    ...operation,
    ...(method === 'POST' ? { parameters: [...(operation.parameters ?? []), IDEMPOTENCY_KEY] } : {}),
    responses: { [status]: operation.responses['200'], default: REFUSED },
  }
  return paths.set(address, { ...operations, [method.toLowerCase()]: described })
}

const REFUSED = { $ref: '#/components/responses/Problem' }

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 255 },
  description: 'A repetition with the same key within 24 hours gets the first answer again and does nothing more.',
}

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'Why a request was refused (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'The address of a page about the code.' },
    title: { type: 'string', description: 'What happened, for people.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    code: { type: 'string', description: 'What happened, for programs; stable.', examples: ['customer.not_found'] },
    detail: { type: 'string', description: 'What to do about it.' },
    issues: {
      type: 'array',
      description: 'Each thing that is wrong with the request, by JSON Pointer.',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: {
          code: {
            type: 'string',
            description: 'What is wrong, for programs; stable. Absent where only the message says it.',
            examples: ['field.missing'],
          },
          pointer: { type: 'string' },
          message: { type: 'string' },
          stepId: { type: 'string' },
          expected: { type: 'string' },
          details: {
            type: 'object',
            description: 'The facts that the message is made of, by the names that belong to the code.',
          },
          offset: { type: 'integer' },
        },
      },
    },
    retryAfterSeconds: { type: 'integer', description: 'When the same request may succeed; as in `Retry-After`.' },
    requestId: { type: 'string', description: 'Names this request in our logs.' },
  },
}

const RESPONSES = {
  Problem: {
    description: 'The request was refused.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
}
