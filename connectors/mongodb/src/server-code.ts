import { type JsonValue, StepError } from '@inlay/sdk/connector'

/** What runs JavaScript in the database. */
const CODE: ReadonlySet<string> = new Set(['$where', '$function', '$accumulator', '$code'])
/** Stages that write what a pipeline made into a collection. */
const WRITING: ReadonlySet<string> = new Set(['$out', '$merge'])

/**
 * Refuses conditions and pipelines that run JavaScript in the database: it is slow, many servers forbid it, and what a
 * person typed into a form of an automation would become code.
 *
 * @throws StepError `rejected` that names the operator
 */
export function refuseCode(value: JsonValue): void {
  if (Array.isArray(value)) {
    for (const item of value) refuseCode(item)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (CODE.has(name)) throw refusal(name, 'It runs JavaScript in the database. Most of it can be said by $expr.')
    refuseCode(inner)
  }
}

/** As `refuseCode`, and refuses pipelines that write. @throws StepError `rejected` that names the stage */
export function refuseWriting(pipeline: readonly JsonValue[]): void {
  refuseCode([...pipeline])
  for (const stage of pipeline) {
    const [name] = typeof stage === 'object' && stage !== null ? Object.keys(stage) : []
    if (name !== undefined && WRITING.has(name)) throw refusal(name, 'Aggregations only read here.')
  }
}

function refusal(name: string, detail: string): StepError {
  return new StepError('rejected', `The operator ${name} is not allowed`, { detail })
}
