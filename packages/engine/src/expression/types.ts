import type { IssueReason } from '../contracts/issue.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'

/** What an expression can see. Absent roots read as undefined. */
export interface ExpressionScope {
  readonly trigger: JsonValue
  /** By step id: `{ output, status }` of steps that have ended. */
  readonly steps: Readonly<Record<string, { readonly output: JsonValue; readonly status: string }>>
  readonly item?: JsonValue
  readonly index?: number
  readonly vars: JsonObject
  readonly run: JsonObject
  readonly customer: JsonObject
  readonly tenant: JsonObject
}

/** A place that an expression reads, as far as it can be told without running it: `['steps', 'order', 'output', 'id']`. */
export type Reference = readonly [root: string, ...path: string[]]

/** A string or a whole JSON document with `{{ }}` in it, compiled once and evaluated often. Safe to share between runs. */
export interface CompiledTemplate {
  /** True when there is nothing to evaluate; `evaluate` then returns the document itself. */
  readonly isStatic: boolean
  readonly references: readonly Reference[]
  /** @throws StepError `expression` (what failed, where in the text) or `limit` (fuel, depth, size) */
  evaluate(scope: ExpressionScope): JsonValue
}

/** Where a template reads a place. */
export interface ReferenceUse {
  readonly reference: Reference
  /** JSON Pointer from the document's root; empty for the root itself. */
  readonly pointer: string
  /** Zero-based character offset in the string found there. */
  readonly offset: number
}

/** What is wrong with a template, and where. */
export type TemplateIssue = IssueReason & {
  /** JSON Pointer from the document's root; empty for the root itself. */
  readonly pointer: string
  /** Zero-based character offset in the string found there. */
  readonly offset: number
}
