/** What the OpenAPI document says of files: their bodies are bytes, so that no procedure is behind them. */
import { fileRefSchema } from '@inlay/engine'
import { z } from 'zod'

/** Where files are uploaded. */
export const FILES_PATH = '/files'
/** Where one is downloaded. */
export const FILE_PATH = '/files/{id}'

const { $schema: _, ...FILE_REFERENCE } = z.toJSONSchema(fileRefSchema)

const BYTES = { '*/*': { schema: { type: 'string', format: 'binary' } } }

const parameter = (name: string, place: 'path' | 'query', description: string) => ({
  name,
  in: place,
  required: place === 'path',
  schema: { type: 'string' },
  description,
})

/** How files are uploaded. @param problem how the API refuses @param idempotencyKey the header of every POST */
export function uploadOperation(problem: unknown, idempotencyKey: unknown): Described {
  return {
    operationId: 'files-upload',
    summary: 'Upload a file',
    description:
      'The body is the file itself. The answer is what a step takes for the file: put it into a definition, or into the input of a run. A file to which no workflow refers is removed after a month. It needs the permission `workflows:write` or `runs:start`.',
    tags: ['Files'],
    security: [{ bearer: [] }],
    parameters: [
      parameter('customerId', 'query', 'Whose file it is. Embed sessions need not say it.'),
      parameter('name', 'query', 'What the file is called, without folders.'),
      idempotencyKey,
    ],
    requestBody: { required: true, content: BYTES },
    responses: {
      '201': { description: 'The file as steps take it.', content: { 'application/json': { schema: FILE_REFERENCE } } },
      default: problem,
    },
  }
}

/** How a file is downloaded. @param problem how the API refuses */
export function downloadOperation(problem: unknown): Described {
  return {
    operationId: 'files-download',
    summary: 'Download a file',
    description: 'A file that was uploaded, always as an attachment. It needs the permission `runs:read`.',
    tags: ['Files'],
    security: [{ bearer: [] }],
    parameters: [parameter('id', 'path', 'The `$file` of its reference.')],
    responses: { '200': { description: 'The file itself.', content: BYTES }, default: problem },
  }
}

/** How a file is removed. @param problem how the API refuses */
export function removeOperation(problem: unknown): Described {
  return {
    operationId: 'files-remove',
    summary: 'Delete a file',
    description:
      'Deletes a file that was uploaded, at once; steps that still refer to it fail. It needs the permission `workflows:write`.',
    tags: ['Files'],
    security: [{ bearer: [] }],
    parameters: [parameter('id', 'path', 'The `$file` of its reference.')],
    responses: { '204': { description: 'It is gone.' }, default: problem },
  }
}

/** An operation as the document has it. */
export interface Described {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly security: readonly unknown[]
  readonly parameters: readonly unknown[]
  readonly requestBody?: unknown
  readonly responses: Readonly<Record<string, unknown>>
}
