import { parseDuration } from '../contracts/duration.js'
import type { DefinitionIssue, IssueReason } from '../contracts/issue.js'
import type { JsonValue } from '../contracts/json.js'
import type { RetryPolicy, Step } from '../contracts/workflow.js'
import {
  type CompiledTemplate,
  compileExpression,
  compileTemplate,
  type ReferenceUse,
  type TemplateResult,
} from '../expression/index.js'
import { NO_RETRY, type ResolvedRetry } from '../policies/retry.js'
import type { CompiledStep } from '../run/program.js'
import { STEP_KINDS } from '../step-kinds/registry.js'
import type { StepCompiler, StepKind } from '../step-kinds/step-kind.js'
import { type DefinitionLimits, MAX_NESTING, MAX_STEPS } from './limits.js'
import {
  asSentence,
  NESTED_COMPENSATION,
  NO_INDEX,
  NO_ITEM,
  NO_RETRY_HERE,
  NO_TIMEOUT_HERE,
  notADuration,
  notYet,
  unknownStep,
} from './step-reasons.js'

/** Stands for a template that did not compile: the issue is reported, and compiling goes on to find more. */
const BROKEN: CompiledTemplate = { isStatic: true, references: [], evaluate: () => null }

/** What is in sight at a place of the definition. */
interface Sight {
  readonly steps: ReadonlySet<string>
  readonly hasItem: boolean
  readonly hasIndex: boolean
  readonly depth: number
}

/** Compiles the steps of one definition, collecting every issue on the way. */
export class DefinitionCompiler {
  readonly issues: DefinitionIssue[] = []
  private readonly ids = new Map<string, string>()
  private stepCount = 0
  private readonly maxSteps: number
  private readonly maxNesting: number

  /** @param allIds every id of the definition, so that "not yet" can be told from "not at all" */
  constructor(
    private readonly allIds: ReadonlySet<string>,
    { maxSteps = MAX_STEPS, maxNesting = MAX_NESTING }: DefinitionLimits,
  ) {
    this.maxSteps = maxSteps
    this.maxNesting = maxNesting
  }

  compile(steps: readonly Step[]): readonly CompiledStep[] {
    const sight: Sight = { steps: new Set(), hasItem: false, hasIndex: false, depth: 0 }
    return this.sequence(steps, '/steps', { parentPath: '', sight }).steps
  }

  sequence(
    steps: readonly Step[],
    pointer: string,
    { parentPath, sight, isSingle = false }: { parentPath: string; sight: Sight; isSingle?: boolean },
  ): { steps: readonly CompiledStep[]; visible: ReadonlySet<string> } {
    const visible = new Set(sight.steps)
    const compiled = steps.map((step, index) => {
      const place = new StepPlace(this, {
        step,
        pointer: isSingle ? pointer : `${pointer}/${index}`,
        parentPath,
        sight: { ...sight, steps: visible },
      })
      const result = place.compile()
      for (const id of place.introduced) visible.add(id)
      return result
    })
    return { steps: compiled, visible }
  }

  /** Counts a step and checks that its id is new. */
  admit(step: Step, pointer: string, depth: number): void {
    this.stepCount += 1
    if (this.stepCount === this.maxSteps + 1) {
      const message = `A definition may have ${this.maxSteps} steps in all. Split it into several workflows.`
      this.issues.push({ code: 'step.too_many', pointer, message, details: { limit: this.maxSteps } })
    }
    if (depth === this.maxNesting + 1) {
      const message = `Blocks may be nested ${this.maxNesting} deep.`
      const details = { limit: this.maxNesting }
      this.issues.push({ code: 'step.nested_too_deep', pointer, stepId: step.id, message, details })
    }
    const earlier = this.ids.get(step.id)
    if (earlier === undefined) this.ids.set(step.id, pointer)
    else {
      const { id } = step
      this.issues.push({
        code: 'id.taken',
        pointer: `${pointer}/id`,
        stepId: id,
        message: `The id "${id}" is used twice; the other step is at ${earlier}.`,
        expected: 'an id that no other step has',
        details: { id, pointer: earlier },
      })
    }
  }

  exists(stepId: string): boolean {
    return this.allIds.has(stepId)
  }
}

interface PlaceOptions {
  readonly step: Step
  readonly pointer: string
  readonly parentPath: string
  readonly sight: Sight
}

/** One step while it is compiled: what its kind sees of the compiler. */
class StepPlace implements StepCompiler {
  /** Ids that later steps may refer to because of this one. */
  readonly introduced = new Set<string>()
  private readonly path: string
  private canUndoInside = false

  constructor(
    private readonly compiler: DefinitionCompiler,
    private readonly options: PlaceOptions,
  ) {
    const { parentPath, step } = options
    this.path = parentPath === '' ? step.id : `${parentPath}/${step.id}`
  }

  compile(): CompiledStep {
    const { step, pointer, sight } = this.options
    this.compiler.admit(step, pointer, sight.depth)
    // The registry holds, under each type, the kind of that type; TypeScript cannot follow the correlation.
    const kind = STEP_KINDS[step.type] as StepKind<typeof step.type>
    const body = kind.compile(step as never, this)
    this.refuseMisplacedPolicies(step)
    this.introduced.add(step.id)
    const onError = this.onError(step)
    const compensation = step.compensate === undefined ? undefined : this.compensation(step.compensate)
    return {
      id: step.id,
      path: this.path,
      type: step.type,
      condition: step.if === undefined ? undefined : this.expression(step.if, '/if'),
      retry: this.retry(step.retry),
      timeoutMs: step.timeout === undefined ? undefined : this.duration(step.timeout, '/timeout'),
      onError,
      compensation,
      canUndo: compensation !== undefined || this.canUndoInside,
      body,
    }
  }

  template(value: JsonValue, place: string): CompiledTemplate {
    return this.checked(compileTemplate(value), place)
  }

  expression(source: string, place: string, seen: readonly CompiledStep[] = []): CompiledTemplate {
    return this.checked(compileExpression(source), place, seen)
  }

  duration(text: string, place: string): number {
    const ms = parseDuration(text)
    if (ms === undefined) this.issue(place, notADuration(text))
    return ms ?? 0
  }

  steps(steps: readonly Step[], place: string): readonly CompiledStep[] {
    return this.visible(steps, place, this.options.sight.steps)
  }

  followingSteps(steps: readonly Step[], place: string): readonly CompiledStep[] {
    const { sight, step } = this.options
    return this.visible(steps, place, new Set([...sight.steps, ...this.introduced, step.id]))
  }

  loopSteps(steps: readonly Step[], place: string, hasItem: boolean): readonly CompiledStep[] {
    const { sight } = this.options
    return this.inner(steps, place, { ...sight, hasIndex: true, hasItem: hasItem || sight.hasItem }).steps
  }

  issue(place: string, reason: IssueReason): void {
    const { step, pointer } = this.options
    this.compiler.issues.push({ ...reason, pointer: pointer + place, stepId: step.id })
  }

  /** Compiles a nested sequence whose steps later ones may refer to. */
  private visible(steps: readonly Step[], place: string, seen: ReadonlySet<string>): readonly CompiledStep[] {
    const inner = this.inner(steps, place, { ...this.options.sight, steps: seen })
    for (const id of inner.visible) this.introduced.add(id)
    return inner.steps
  }

  private inner(
    steps: readonly Step[],
    place: string,
    { isSingle = false, ...sight }: Sight & { isSingle?: boolean },
  ): ReturnType<DefinitionCompiler['sequence']> {
    const inner = this.compiler.sequence(steps, this.options.pointer + place, {
      parentPath: this.path,
      sight: { ...sight, depth: sight.depth + 1 },
      isSingle,
    })
    this.canUndoInside ||= inner.steps.some(({ canUndo }) => canUndo)
    return inner
  }

  /** @param seen steps that it sees besides those before it */
  private checked(result: TemplateResult, place: string, seen: readonly CompiledStep[] = []): CompiledTemplate {
    const { step, pointer } = this.options
    const inside = new Set(seen.flatMap(idsWithin))
    for (const use of result.uses) this.checkUse(use, place, inside)
    if (result.ok) return result.template
    for (const issue of result.issues) {
      const placed = { pointer: pointer + place + issue.pointer, stepId: step.id, message: asSentence(issue.message) }
      this.compiler.issues.push({ ...issue, ...placed })
    }
    return BROKEN
  }

  private checkUse(
    { reference, pointer: inner, offset }: ReferenceUse,
    place: string,
    inside: ReadonlySet<string>,
  ): void {
    const { step, pointer, sight } = this.options
    const [root, stepId] = reference
    const report = (reason: IssueReason): void => {
      this.compiler.issues.push({ ...reason, pointer: pointer + place + inner, stepId: step.id, offset })
    }
    if (root === 'item' && !sight.hasItem) report(NO_ITEM)
    const isRound = sight.hasIndex || inside.size > 0
    if (root === 'index' && !isRound) report(NO_INDEX)
    if (root !== 'steps' || stepId === undefined || sight.steps.has(stepId) || inside.has(stepId)) return
    report(this.compiler.exists(stepId) ? notYet(stepId, sight.steps) : unknownStep(stepId, sight.steps))
  }

  private onError(step: Step): CompiledStep['onError'] {
    if (step.onError === undefined || typeof step.onError === 'string') return step.onError ?? 'fail'
    // Unlike a nested sequence, a fallback runs after the step: it sees its error, and what ran inside it.
    return { fallback: this.followingSteps(step.onError.fallback, '/onError/fallback') }
  }

  private compensation(step: Step): CompiledStep | undefined {
    const { sight } = this.options
    const seen = new Set([...sight.steps, ...this.introduced])
    const [compiled] = this.inner([step], '/compensate', { ...sight, steps: seen, isSingle: true }).steps
    if (step.compensate !== undefined) this.issue('/compensate/compensate', NESTED_COMPENSATION)
    return compiled
  }

  private retry(policy: RetryPolicy | undefined): ResolvedRetry {
    if (policy === undefined) return NO_RETRY
    return {
      maxAttempts: policy.maxAttempts,
      initialIntervalMs: this.durationOr(policy.initialInterval, '/retry/initialInterval', NO_RETRY.initialIntervalMs),
      backoffCoefficient: policy.backoffCoefficient ?? NO_RETRY.backoffCoefficient,
      maxIntervalMs: this.durationOr(policy.maxInterval, '/retry/maxInterval', NO_RETRY.maxIntervalMs),
      nonRetryableErrors: policy.nonRetryableErrors ?? [],
    }
  }

  private durationOr(text: string | undefined, place: string, otherwise: number): number {
    return text === undefined ? otherwise : this.duration(text, place)
  }

  private refuseMisplacedPolicies(step: Step): void {
    if (step.type === 'action' || (step.type === 'code' && step.retry === undefined)) return
    if (step.retry !== undefined) this.issue('/retry', NO_RETRY_HERE)
    if (step.timeout !== undefined) this.issue('/timeout', NO_TIMEOUT_HERE)
  }
}

/** Ids of a step and of those inside it that are visible beside it. */
function idsWithin({ id, body }: CompiledStep): string[] {
  return body.nature === 'leaf' ? [id] : [id, ...body.children.flatMap(idsWithin)]
}
