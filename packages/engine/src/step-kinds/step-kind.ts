import type { z } from 'zod'
import type { IssueReason } from '../contracts/issue.js'
import type { JsonValue } from '../contracts/json.js'
import type { Step, StepOfType, StepType } from '../contracts/workflow.js'
import type { CompiledTemplate } from '../expression/index.js'
import type { CompiledStep, StepBody } from '../run/program.js'

/** All there is to know about one type of step. Each lives in a folder of its own and is named once in `registry.ts`. */
export interface StepKind<T extends StepType> {
  readonly type: T
  /** The fields besides those that all steps share. `steps` is the schema of a nested sequence. */
  schema(steps: StepsSchema): z.ZodRawShape
  /** Checks what a schema cannot, and prepares the step for running. Reports problems to the compiler and goes on. */
  compile(step: StepOfType<T>, compiler: StepCompiler): StepBody
}

export type StepsSchema = z.ZodType<readonly Step[]>

/** What a step kind may ask of the compiler. Places are JSON Pointers relative to the step, such as `/cases/0/if`. */
export interface StepCompiler {
  /** Compiles all expressions in a value. */
  template(value: JsonValue, place: string): CompiledTemplate
  /**
   * Compiles a condition or a list, with or without `{{ }}`.
   *
   * @param seen steps of a nested sequence that it sees besides, since they may have run before
   */
  expression(source: string, place: string, seen?: readonly CompiledStep[]): CompiledTemplate
  /** Milliseconds; 0 after reporting a problem. */
  duration(text: string, place: string): number
  /** Compiles a nested sequence, whose steps see what this step sees. */
  steps(steps: readonly Step[], place: string): readonly CompiledStep[]
  /** Compiles the body of a loop: sees `index` and, where there are items, `item`; nothing outside sees its steps. */
  loopSteps(steps: readonly Step[], place: string, hasItem: boolean): readonly CompiledStep[]
  /** Compiles a nested sequence that also sees the step itself and what ran in it before, as after a failure. */
  followingSteps(steps: readonly Step[], place: string): readonly CompiledStep[]
  /** Reports what is wrong at a place. */
  issue(place: string, reason: IssueReason): void
}
