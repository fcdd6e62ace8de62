/** Steps that stand in for those that cannot be read, so that references to them are no errors. */

/** No id of an author begins so, and no expression can name one. */
const MARK = '?'

/** Whether an id was made up for a step that has none. */
export function isPlaceholderId(id: string): boolean {
  return id.startsWith(MARK)
}

/** The ids that a document's steps have, as far as they can be told from its other data. */
export class StepIds {
  private readonly counts = new Map<string, number>()
  private made = 0

  constructor(document: unknown) {
    for (const id of idsIn(document)) this.counts.set(id, (this.counts.get(id) ?? 0) + 1)
  }

  /** Whether no other object of the document has the id. */
  isUnique(id: string): boolean {
    return this.counts.get(id) === 1
  }

  placeholder(): string {
    this.made += 1
    return `${MARK}${this.made}`
  }
}

/** A step with the id of `broken`, in which the steps inside it, whatever their blocks were, have run. */
export function placeholderStep(broken: unknown, ids: StepIds): object {
  const [own = ids.placeholder(), ...inner] = isObject(broken) ? [ownId(broken), ...idsIn(Object.values(broken))] : []
  const steps = inner
    .filter((id) => id !== undefined && id !== own && ids.isUnique(id))
    .map((id) => ({ id, type: 'set', values: {} }))
  if (steps.length === 0) return { id: own, type: 'set', values: {} }
  return { id: own, type: 'branch', cases: [{ if: 'true', steps }] }
}

function ownId({ id }: Record<string, unknown>): string | undefined {
  return typeof id === 'string' ? id : undefined
}

/** The ids of all objects that look like steps. */
function* idsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* idsIn(item)
  } else if (isObject(value)) {
    if (typeof value['id'] === 'string' && 'type' in value) yield value['id']
    for (const child of Object.values(value)) yield* idsIn(child)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
