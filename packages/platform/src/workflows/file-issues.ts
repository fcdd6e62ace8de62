import {
  allSteps,
  type DefinitionIssue,
  type FileRef,
  fileOrigin,
  fileRefSchema,
  type JsonObject,
  type JsonValue,
  type TenantScope,
  toPointer,
  type WorkflowDefinition,
} from '@inlay/engine'
import type { FilesService } from '../files/index.js'

/** Where it is known which files are kept. */
export interface FileCheck {
  readonly scope: TenantScope
  readonly files: Pick<FilesService, 'kept'>
  /** Whose workflow it is. @default anyone of the tenant: the file may be of each of its customers */
  readonly customerId: string | undefined
}

/** A file that stands in a definition itself, rather than in what an expression gives. */
interface FilePlace {
  readonly file: FileRef
  readonly pointer: string
}

/**
 * An issue for each file that steps would not find: it has been removed, or is another customer's. What steps have given is
 * left to runs, since no row says how long it is kept.
 */
export async function fileIssues(
  definition: WorkflowDefinition,
  { scope, files, customerId }: FileCheck,
): Promise<DefinitionIssue[]> {
  // A parsed definition is the JSON that it was parsed from.
  const places = [...filePlaces(definition as unknown as JsonObject, [])].filter(
    ({ file }) => fileOrigin(file.$file) !== 'step',
  )
  if (places.length === 0) return []
  const ids = new Set(places.map(({ file }) => file.$file).filter((id) => fileOrigin(id) === 'upload'))
  const kept = ids.size === 0 ? ids : await files.kept(scope, { ids: [...ids], customerId })
  const stepIds = new Map([...allSteps(definition.steps)].map(({ step, pointer }) => [pointer, step.id]))
  return places
    .filter(({ file }) => !kept.has(file.$file))
    .map(({ file: { name }, pointer }) => {
      const stepId = innermost(stepIds, pointer)
      return {
        code: 'file.gone',
        pointer,
        message: `The file "${name}" has been removed, or belongs to another customer. Choose it again.`,
        ...(stepId === undefined ? {} : { stepId }),
        details: { name },
      }
    })
}

/** The step that a place is in; a step inside another one counts. */
function innermost(stepIds: ReadonlyMap<string, string>, pointer: string): string | undefined {
  for (let place = pointer; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    const stepId = stepIds.get(place)
    if (stepId !== undefined) return stepId
  }
  return undefined
}

function* filePlaces(value: JsonValue, path: readonly string[]): Generator<FilePlace> {
  if (typeof value !== 'object' || value === null) return
  const file = Object.hasOwn(value, '$file') ? fileRefSchema.safeParse(value) : undefined
  if (file?.success === true) yield { file: file.data, pointer: toPointer(path) }
  else for (const [key, child] of Object.entries(value)) yield* filePlaces(child, [...path, key])
}
