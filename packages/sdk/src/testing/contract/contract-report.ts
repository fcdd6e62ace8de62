import type { AuthValues, Connector, JsonObject } from '@inlay/engine'

/** What is checked of a connector; each by its own name in reports and exceptions. */
export const CONTRACT_CHECKS = {
  definition: 'is complete and consistent',
  display: 'has what people see: an icon that is safe to show, categories, docs',
  schemas: 'describes its fields: schemas become JSON Schema, fields have titles',
  samples: 'has samples that fit',
  secrets: 'marks its secrets',
  deliveries: 'takes no delivery that nobody signed, and survives deliveries of any shape',
  failures: 'tells how its service failed, by kind, and gives up when it is told to',
  credentials: 'keeps credentials out of errors and logs, and shows them to its own service alone',
} as const
/** The name of a check. */
export type ContractCheck = keyof typeof CONTRACT_CHECKS

/** Something that a connector does not keep to. */
export interface ContractProblem {
  readonly check: ContractCheck
  /** The action, trigger or other part; empty for the connector as a whole. */
  readonly of: string
  readonly problem: string
}

/** What was found out about a connector. */
export interface ContractReport {
  readonly connector: string
  readonly isKept: boolean
  readonly problems: readonly ContractProblem[]
  /** What was not checked, and why. */
  readonly exceptions: readonly { readonly of: string; readonly reason: string }[]
  /** How many calls met a service that failed. */
  readonly callsTried: number
}

/** What a check needs to know beyond the connector itself. */
export interface ContractOptions {
  /** Credentials with settings that make sense, when `baseUrl` is made of them. @default made up for each way to connect */
  readonly auth?: AuthValues
  /** Inputs of actions and triggers. @default `sampleInput`; for triggers, the examples of their fields */
  readonly inputs?: Readonly<Record<string, JsonObject>>
  /** Origins that may be called besides those of `api`, without credentials: a file store that the service names. */
  readonly origins?: readonly string[]
  /**
   * What does not apply, with the reason: by check (`failures`), by action or trigger (`request`), or by both and the
   * failure (`request:html`).
   */
  readonly exceptions?: Readonly<Record<string, string>>
}

/** A check of a connector, made ready. */
export interface CheckContext {
  readonly connector: Connector
  readonly options: ContractOptions
}
