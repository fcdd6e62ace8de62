/** Whether a document becomes a connector that keeps to the contract, as far as that shows without calling anything. */
import { isInlayError } from '@inlay/engine'
import { z } from 'zod'
import { checkConnector } from '../connector/to-connector.js'
import { importOpenApi } from '../import-openapi.js'
import { parseImportedConnector } from '../imported-connector.js'
import type { ImportOptions } from '../options.js'
import { type DocumentCheck, failedCheck } from './document-check.js'

/** Imports a document, stores and reads it back, makes every action, and lets its samples pass its schemas. */
export async function checkDocument(text: string, options: ImportOptions): Promise<DocumentCheck> {
  const startedAt = performance.now()
  try {
    const { connector: imported, notes } = await importOpenApi(text, options)
    const importMs = Math.round(performance.now() - startedAt)
    const stored = JSON.stringify(imported)
    // What JSON.parse gives is checked by the next line.
    const connector = checkConnector(parseImportedConnector(JSON.parse(stored) as unknown))
    const problems = Object.entries({ ...connector.actions, ...connector.triggers }).flatMap(([id, member]) => {
      const { sampleInput, sampleOutput } = { sampleInput: undefined, ...member }
      return [
        ...schemaProblems(id, member),
        ...sampleProblems(`${id}: its sample input`, member.input, sampleInput),
        ...sampleProblems(`${id}: its sample output`, member.output, sampleOutput),
      ]
    })
    const { operations } = imported
    return {
      isValid: problems.length === 0,
      problems,
      actions: Object.keys(connector.actions).length,
      triggers: imported.triggers.length,
      withoutSampleInput: operations.filter((operation) => operation.sampleInput === undefined).length,
      withoutSampleOutput: operations.filter((operation) => operation.sampleOutput === undefined).length,
      paged: operations.filter(({ paging }) => paging !== undefined).length,
      notes: notes.length,
      leftOutOperations: notes.filter(
        ({ kind, pointer }) => kind === 'left_out' && /^\/paths\/[^/]+\/\w+$/.test(pointer),
      ).length,
      format: imported.source.format,
      authKinds: [...new Set(imported.auth.map((method) => method.signature ?? method.kind))],
      bodyKinds: [...new Set(operations.flatMap(({ body }) => (body === undefined ? [] : [body.kind])))],
      importMs,
      storedBytes: stored.length,
    }
  } catch (error) {
    const importMs = Math.round(performance.now() - startedAt)
    const problem = isInlayError(error) ? `${error.code}: ${error.message} ${error.detail ?? ''}`.trim() : String(error)
    return failedCheck(problem.slice(0, 500), importMs)
  }
}

function sampleProblems(what: string, schema: z.ZodType, sample: unknown): string[] {
  if (sample === undefined) return []
  const parsed = schema.safeParse(sample)
  if (parsed.success) return []
  const [issue] = parsed.error.issues.toReversed()
  return [`${what} does not fit: ${issue?.path.map(String).join('.') ?? ''} ${issue?.message ?? ''}`.slice(0, 300)]
}

function schemaProblems(
  id: string,
  { input, output }: { readonly input: z.ZodType; readonly output: z.ZodType },
): string[] {
  return [input, output].flatMap((schema) => {
    try {
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
      return []
    } catch (error) {
      return [`${id}: its schema cannot be shown: ${String(error).slice(0, 200)}`]
    }
  })
}
