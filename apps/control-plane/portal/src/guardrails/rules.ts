import type { ApiClient } from '@inlay/sdk/client'

/** What a customer's builder offers. */
export type Guardrails = Awaited<ReturnType<ApiClient['guardrails']['get']['query']>>
/** What is said of single rules. */
export type GuardrailChanges = Parameters<ApiClient['guardrails']['set']['mutate']>[0]
export type RuleName = keyof Guardrails
type StepType = NonNullable<Guardrails['stepTypes']>[number]

/** What kinds of steps are called in the builder. */
export const STEP_NAMES: Readonly<Record<StepType, string>> = {
  action: 'Actions of apps',
  set: 'Set values',
  branch: 'Branch',
  parallel: 'Several at once',
  forEach: 'For each item',
  while: 'Repeat while',
  wait: 'Wait, approval',
  call: 'Run another automation',
  code: 'Code',
  publish: 'Publish an event',
  respond: 'Answer the caller',
  split: 'Split traffic',
  try: 'Catch errors',
  stop: 'Stop',
}
/** Those that are chosen by kind; whether code is offered is a rule of its own. Object.keys loses the keys' type. */
export const STEP_TYPES = (Object.keys(STEP_NAMES) as readonly StepType[]).filter((type) => type !== 'code')

/** A rule in a few words, for where it cannot be changed. */
export function inWords(rule: RuleName, rules: Guardrails): string {
  switch (rule) {
    case 'stepTypes':
      return rules.stepTypes === null ? 'All' : wordsOf(rules.stepTypes)
    case 'allowCode':
      return rules.allowCode ? 'Offered' : 'Not offered'
    case 'templatesOnly':
      return rules.templatesOnly ? 'From templates only' : 'From templates or empty'
    case 'connectors':
      return connectorWords(rules.connectors)
    case 'maxSteps':
    case 'maxWorkflows':
      return rules[rule] === null ? 'No limit' : String(rules[rule])
    case 'minScheduleMinutes':
      return rules.minScheduleMinutes === null ? 'No limit' : `${rules.minScheduleMinutes} minutes`
  }
}

function wordsOf(types: readonly StepType[]): string {
  const chosen = STEP_TYPES.filter((type) => types.includes(type))
  return chosen.map((type) => STEP_NAMES[type]).join(', ') || 'None'
}

function connectorWords({ allow, deny }: Guardrails['connectors']): string {
  if (allow !== undefined) return allow.length === 0 ? 'None' : `Only ${allow.join(', ')}`
  return deny === undefined || deny.length === 0 ? 'All' : `All but ${deny.join(', ')}`
}

/** Rules with what is said of single ones over them. */
export function withRules(base: Guardrails, said: GuardrailChanges): Guardrails {
  // What is not said is not there: JSON knows no undefined.
  return { ...base, ...said } as Guardrails
}
