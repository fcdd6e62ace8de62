/**
 * What can be wrong with a definition, by the names of the facts in `details`; `?` marks one that may be absent. Codes
 * are stable: programs and translations go by them, never by messages.
 */
export const ISSUE_CODES = {
  'document.not_json': [],
  'document.too_deep': ['limit'],
  'document.too_large': ['limit'],
  'document.more_issues': ['count'],
  'field.missing': [],
  'field.empty': [],
  'field.unknown': ['name'],
  'field.wrong_type': ['type'],
  'field.wrong_form': [],
  'field.wrong_format': ['format?'],
  'field.not_allowed': ['allowed'],
  'field.too_long': ['limit'],
  'field.too_short': ['limit'],
  'field.too_many': ['limit'],
  'field.too_few': ['limit'],
  'field.above_maximum': ['limit'],
  'field.below_minimum': ['limit'],
  'field.not_below': ['limit'],
  'field.not_above': ['limit'],
  'field.not_multiple': ['step'],
  'field.refused': ['reason'],
  'name.malformed': ['name'],
  'name.forbidden': ['name'],
  'id.malformed': [],
  'id.taken': ['id', 'pointer'],
  'duration.invalid': ['text'],
  'duration.zero': ['text'],
  'step.unknown_type': ['type', 'allowed'],
  'step.not_offered': ['type'],
  'step.nested_too_deep': ['limit'],
  'step.too_many': ['limit'],
  'step.no_retry': [],
  'step.no_timeout': [],
  'step.nested_compensation': [],
  'parallel.no_branch': [],
  'split.no_weight': [],
  'try.no_handler': [],
  'wait.not_one_kind': ['given'],
  'wait.no_steps': [],
  'expression.empty': [],
  'expression.not_closed': [],
  'expression.ends_early': [],
  'expression.unexpected': ['text'],
  'expression.syntax': ['reason'],
  'expression.several': [],
  'expression.too_long': ['limit'],
  'expression.too_deep': ['limit'],
  'expression.unknown_name': ['name', 'suggestion?'],
  'expression.unknown_function': ['name', 'suggestion?'],
  'expression.wrong_arguments': ['name', 'signature'],
  'expression.not_callable': [],
  'expression.misplaced_function': [],
  'expression.assignment': [],
  'expression.pattern_literal': [],
  'expression.number_too_large': [],
  'expression.unsupported': ['sign'],
  'reference.unknown_step': ['stepId', 'suggestion?'],
  'reference.not_yet': ['stepId'],
  'reference.no_item': [],
  'reference.no_index': [],
  'reference.before_run': ['name'],
  'trigger.expression': [],
  'schedule.not_one_kind': [],
  'schedule.cron_parts': ['count'],
  'schedule.cron_part': ['text', 'part', 'least', 'most'],
  'schedule.cron_unreadable': ['reason'],
  'schedule.never': ['cron'],
  'schedule.too_short': ['text'],
  'schedule.too_often': ['minutes'],
  'schedule.unknown_time_zone': ['timeZone'],
  'policy.debounce_timeout': ['timeout', 'period'],
  'policy.debounce_and_batch': [],
  'policy.no_caller': ['policy'],
  'connector.unknown': ['connector', 'suggestion?'],
  'connector.unknown_version': ['connector', 'version'],
  'connector.unknown_action': ['connector', 'action', 'suggestion?'],
  'connector.unknown_trigger': ['connector', 'trigger', 'suggestion?'],
  'connector.not_loaded': ['reason'],
  'connector.switched_off': ['connector'],
  'connector.not_offered': ['connector'],
  'connection.missing': ['connector'],
  'connection.lacks_permissions': ['connection', 'connector', 'permissions'],
  'file.gone': ['name'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** One of `ISSUE_CODES`. */
export type IssueCode = keyof typeof ISSUE_CODES

/** A fact about an issue: names and signs as texts, limits and counts as numbers, what may be chosen as a list. */
export type IssueDetail = string | number | readonly string[]

/** Facts about an issue, as plain JSON. */
export type IssueDetails = Readonly<Record<string, IssueDetail>>

/** One thing wrong with a definition. A compiler reports all of them at once. */
export interface DefinitionIssue {
  /** What is wrong, for programs. Newer servers may know codes that are not listed here. */
  readonly code: IssueCode
  /** JSON Pointer (RFC 6901) into the definition, for example `/steps/0/cases/1/if`. */
  readonly pointer: string
  /** The innermost step that holds the place, when there is one. */
  readonly stepId?: string
  /** What is wrong and what to do, in words a person who builds workflows understands. */
  readonly message: string
  /** What was expected there, for example `a duration such as "30s"`. */
  readonly expected?: string
  /** The facts that the message is made of, named in `ISSUE_CODES`; absent when there are none. */
  readonly details?: IssueDetails
  /** For expressions: zero-based character offset in the string at `pointer`. */
  readonly offset?: number
}

type NameOf<C extends IssueCode> = (typeof ISSUE_CODES)[C][number]

/** Facts by their names, of which `?` marks those that may be absent. */
export type FactsOf<Names extends string> = {
  readonly [N in Names as N extends `${string}?` ? never : N]: IssueDetail
} & {
  readonly [N in Names as N extends `${infer Name}?` ? Name : never]?: IssueDetail
}

/** What is wrong, wherever it is: each code with the facts that belong to it. */
export type IssueReason = {
  [C in IssueCode]: Pick<DefinitionIssue, 'message' | 'expected'> & { readonly code: C } & ([NameOf<C>] extends [never]
      ? { readonly details?: never }
      : { readonly details: FactsOf<NameOf<C>> })
}[IssueCode]
