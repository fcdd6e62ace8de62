// Files that stand in for the data of a step's fields while it is tested; the draft keeps what it has.
import type { JsonObject, JsonValue, Step, WorkflowDefinition } from '@inlay/engine'
import type { ConnectorSummary } from '../data/api-types.js'
import { updateStep } from '../document/edit.js'
import { isStoredFile, type StoredFile } from '../files/stored-file.js'
import { type FilePlace, filePlaces, putAt } from './test-files.js'

/** A file for a field of a step. */
export interface GivenFile {
  readonly path: readonly string[]
  readonly file: StoredFile
}

/** The fields of a step that take a file from data of the run, which a test may not have. */
export function fieldsFromData(step: Step, connectors: readonly ConnectorSummary[]): readonly FilePlace[] {
  if (step.type !== 'action') return []
  const connector = connectors.find(({ id }) => id === step.connector)
  const schema = connector?.actions.find(({ id }) => id === step.action)?.inputSchema
  return filePlaces(schema ?? {}).filter(({ path }) => {
    const value = path.reduce<JsonValue | undefined>(memberOf, step.input)
    return typeof value === 'string' && value !== '' && !isStoredFile(value)
  })
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  // Checked above: arrays are the only other objects in JSON.
  return isObject ? (value as JsonObject)[name] : undefined
}

/** The workflow with files in place of what a step's fields read. */
export function withGivenFiles(
  definition: WorkflowDefinition,
  stepId: string,
  files: readonly GivenFile[],
): WorkflowDefinition {
  if (files.length === 0) return definition
  return updateStep(definition, stepId, (step) => {
    if (step.type !== 'action') return step
    const input = files.reduce<JsonValue>((all, { path, file }) => putAt(all, path, { ...file }), step.input ?? {})
    // An object stays one when something is put into it.
    return { ...step, input: input as JsonObject }
  })
}
