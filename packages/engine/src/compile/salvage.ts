/**
 * One mistake in the shape of a document must not hide those in its expressions: what has no right shape is replaced by
 * something neutral, until the rest can be compiled.
 */
import type { z } from 'zod'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { JsonValue } from '../contracts/json.js'
import type { WorkflowDefinition } from '../contracts/workflow.js'
import { toPointer, valueAt } from './pointer.js'
import { workflowSchema } from './schema.js'
import { schemaIssues, shapeFindings } from './schema-issues.js'
import { placeholderStep, StepIds } from './stand-in-steps.js'

type Finding = z.core.$ZodIssue
type Container = Record<PropertyKey, unknown>

export interface Salvaged {
  /** Everything wrong with the shape. */
  readonly issues: readonly DefinitionIssue[]
  /** What is left, fit for compiling but not for running; undefined when the document is beyond reading. */
  readonly definition: WorkflowDefinition | undefined
  /** Whether an issue found in `definition` comes from the repair and not from the author. */
  isFollowUp(issue: DefinitionIssue): boolean
  /** The place, in the document that the author wrote, of a place in `definition`. */
  originOf(pointer: string): string
}

/** More of them help nobody, and each costs time to find. */
const MOST_FINDINGS = 1_000

/** A repair can uncover what was hidden behind the broken part, level by level. */
const MOST_ROUNDS = 12

/** Limits on what is there already: the value has the right kind, so compiling can go on with it. */
const KIND_IS_RIGHT: ReadonlySet<Finding['code']> = new Set([
  'too_big',
  'too_small',
  'invalid_format',
  'not_multiple_of',
  'custom',
])

/** @param document plain JSON that the schema refuses */
export function salvage(document: JsonValue): Salvaged {
  const repair = new Repair(document)
  const definition = repair.run()
  return {
    issues: repair.issues,
    definition,
    isFollowUp: ({ pointer }) => repair.touches(pointer) || repair.isParent(pointer),
    originOf: (pointer) => repair.originOf(pointer),
  }
}

class Repair {
  readonly issues: DefinitionIssue[] = []
  private readonly reported = new Set<string>()
  /** How often the value at a pointer has been replaced. */
  private readonly attempts = new Map<string, number>()
  private readonly parents = new Set<string>()
  /** Pointers in the copy whose last name was changed, with the author's pointer. */
  private readonly renamed = new Map<string, string>()
  private repairs = 0
  private readonly ids: StepIds
  private readonly root: { document: unknown }

  constructor(document: JsonValue) {
    this.root = { document: structuredClone(document) }
    this.ids = new StepIds(document)
  }

  run(): WorkflowDefinition | undefined {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const parsed = workflowSchema.safeParse(this.root.document)
      if (parsed.success) return parsed.data
      const findings = shapeFindings(parsed.error)
      for (const finding of findings) this.report(finding)
      if (findings.length > MOST_FINDINGS || findings.some(hidesItems)) return undefined
      const broken = findings.filter(({ code }) => !KIND_IS_RIGHT.has(code))
      // Limits on values of the right kind do not matter to the compiler, so the document passes as a definition.
      if (broken.length === 0) return this.root.document as WorkflowDefinition
      const before = this.repairs
      for (const finding of broken) this.mend(finding)
      if (this.repairs === before) return undefined
    }
    return undefined
  }

  /** Whether a place is, or is inside, one that was replaced. */
  touches(pointer: string): boolean {
    for (let end = pointer.length; end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
      if (this.attempts.has(pointer.slice(0, end))) return true
      if (end === 0) break
    }
    return false
  }

  /** Whether a place directly holds one that was replaced: what is wrong with it as a whole may come from there. */
  isParent(pointer: string): boolean {
    return this.parents.has(pointer)
  }

  originOf(pointer: string): string {
    let origin = pointer
    for (const [copy, author] of this.renamed) {
      if (origin === copy || origin.startsWith(`${copy}/`)) origin = author + origin.slice(copy.length)
    }
    return origin
  }

  private report(finding: Finding): void {
    for (const issue of schemaIssues(this.root.document, finding)) {
      if (this.touches(issue.pointer)) continue
      const pointer = this.originOf(issue.pointer)
      const key = `${pointer} ${issue.message}`
      if (this.reported.has(key)) continue
      this.reported.add(key)
      this.issues.push({ ...issue, pointer })
    }
  }

  private mend(finding: Finding): void {
    const { path } = finding
    const parent = valueAt(this.root.document, path.slice(0, -1))
    if (path.length > 0 && !isContainer(parent)) return
    switch (finding.code) {
      case 'unrecognized_keys':
        this.removeFields(path, finding.keys)
        break
      case 'invalid_key':
        this.rename(path)
        break
      case 'invalid_type':
        this.replace(path, neutralOf(finding.expected))
        break
      case 'invalid_value':
        this.replace(path, finding.values[0])
        break
      case 'invalid_union':
        if ('discriminator' in finding) this.replaceBlock(path.slice(0, -1))
        else this.replace(path, undefined)
        break
      default:
        this.replaceStep(path)
    }
  }

  private removeFields(path: readonly PropertyKey[], keys: readonly string[]): void {
    const object = valueAt(this.root.document, path)
    if (!isContainer(object)) return
    for (const key of keys) {
      delete object[key]
      this.mark([...path, key])
    }
  }

  /** Gives a field another name, so that what is under it can be looked into. */
  private rename(path: readonly PropertyKey[]): void {
    const parent = valueAt(this.root.document, path.slice(0, -1))
    const name = path.at(-1)
    if (!isContainer(parent) || name === undefined || !Object.hasOwn(parent, name)) return
    const free = `renamed_${this.renamed.size}`
    parent[free] = parent[name]
    delete parent[name]
    this.repairs += 1
    this.renamed.set(toPointer([...path.slice(0, -1), free]), this.originOf(toPointer(path)))
  }

  /** Puts a value of the right kind there; when that was tried, leaves it out, and at last gives up on what holds it. */
  private replace(path: readonly PropertyKey[], neutral: unknown): void {
    const pointer = toPointer(path)
    const attempt = this.attempts.get(pointer) ?? 0
    const parent = path.length === 0 ? this.root : valueAt(this.root.document, path.slice(0, -1))
    if (!isContainer(parent) || attempt > 1) {
      this.replaceStep(path.slice(0, -1))
      return
    }
    this.mark(path)
    const key = path.at(-1) ?? 'document'
    if (attempt === 0 && key === 'id' && neutral === '') parent[key] = this.ids.placeholder()
    else if (attempt === 0 && neutral !== undefined) parent[key] = neutral
    else if (Array.isArray(parent) || !Object.hasOwn(parent, key)) parent[key] = null
    else delete parent[key]
  }

  /** Replaces what has a type of its own: the trigger or a step. */
  private replaceBlock(path: readonly PropertyKey[]): void {
    const { document } = this.root
    if (path.length === 1 && path[0] === 'trigger' && isContainer(document)) {
      // The trigger that asks least of the steps.
      document['trigger'] = { type: 'webhook' }
      this.mark(path)
    } else this.replaceStep(path)
  }

  /** Replaces the innermost object of a list, or the field that holds one step, by a step that keeps the ids inside in sight. */
  private replaceStep(path: readonly PropertyKey[]): void {
    let length = path.length
    while (length > 0 && !this.isReplaceable(path.slice(0, length))) length -= 1
    const place = path.slice(0, length)
    const parent = valueAt(this.root.document, place.slice(0, -1))
    const key = place.at(-1)
    if (key === undefined || !isContainer(parent)) return
    parent[key] = placeholderStep(parent[key], this.ids)
    this.mark(place)
  }

  private isReplaceable(path: readonly PropertyKey[]): boolean {
    const value = valueAt(this.root.document, path)
    const isStep = isContainer(value) && ('type' in value || 'id' in value)
    return isStep || (typeof path.at(-1) === 'number' && !Array.isArray(value))
  }

  private mark(path: readonly PropertyKey[]): void {
    const pointer = toPointer(path)
    this.repairs += 1
    this.attempts.set(pointer, (this.attempts.get(pointer) ?? 0) + 1)
    this.parents.add(toPointer(path.slice(0, -1)))
  }
}

/** A list of a wrong length is refused before its items are looked at, so nothing is known of them. */
function hidesItems({ code, ...finding }: Finding): boolean {
  const isLength = code === 'too_big' || (code === 'too_small' && 'minimum' in finding && Number(finding.minimum) > 1)
  return isLength && 'origin' in finding && finding.origin === 'array'
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

/** A value of a kind that zod asked for; undefined for kinds that have no neutral value. */
function neutralOf(expected: string): unknown {
  switch (expected) {
    case 'string':
      return ''
    case 'number':
    case 'int':
      return 1
    case 'boolean':
      return false
    case 'array':
      return []
    case 'object':
    case 'record':
      return {}
    default:
      return undefined
  }
}
