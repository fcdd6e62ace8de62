import type { z } from 'zod'
import type { Connector } from '../contracts/connector.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import type { ActionStep, ConnectorTriggerStart, WorkflowDefinition } from '../contracts/workflow.js'
import { closestName } from '../expression/spelling.js'
import type { ConnectorRegistry } from '../ports/connector-registry.js'
import { toPointer, valueAt } from './pointer.js'
import { nameOfType, shapeFindings, sizeWording, unknownField, valueWording } from './schema-issues.js'
import { allSteps } from './walk.js'

/**
 * Checks the trigger and the action steps against the connectors of a deployment: unknown connectors, actions and
 * triggers, missing connections, fields that are missing or wrong. A step's field that holds an expression is taken to be
 * right: its value is not known yet.
 */
export async function checkConnectors(
  definition: WorkflowDefinition,
  registry: ConnectorRegistry,
): Promise<DefinitionIssue[]> {
  const { trigger, steps } = definition
  const issues = trigger.type === 'connector' ? await checkUse(useOfTrigger(trigger), registry) : []
  for (const { step, pointer } of allSteps(steps)) {
    if (step.type === 'action') issues.push(...(await checkUse(useOfAction(step, pointer), registry)))
  }
  return issues
}

/** A place of a definition that names something of a connector. */
interface ConnectorUse {
  readonly given: Pick<ActionStep, 'connector' | 'version' | 'connection' | 'input'>
  readonly kind: 'action' | 'trigger'
  /** Of the action or trigger. */
  readonly name: string
  /** What the connector has of that kind. */
  members(connector: Connector): Readonly<Record<string, { readonly input: z.ZodType }>>
  /** Whether a field's value is not known yet. */
  isOpen(path: readonly PropertyKey[]): boolean
  issue(place: string, message: string, expected?: string): DefinitionIssue
}

function useOfAction(step: ActionStep, pointer: string): ConnectorUse {
  return {
    given: step,
    kind: 'action',
    name: step.action,
    members: ({ actions }) => actions,
    isOpen: (path) => holdsExpression(step.input, path),
    issue: issuesAt(pointer, step.id),
  }
}

function useOfTrigger(start: ConnectorTriggerStart): ConnectorUse {
  return {
    given: start,
    kind: 'trigger',
    name: start.trigger,
    members: ({ triggers }) => triggers,
    isOpen: () => false,
    issue: issuesAt('/trigger'),
  }
}

function issuesAt(pointer: string, stepId?: string): ConnectorUse['issue'] {
  return (place, message, expected) => ({
    pointer: pointer + place,
    ...(stepId === undefined ? {} : { stepId }),
    message,
    ...(expected === undefined ? {} : { expected }),
  })
}

async function checkUse(use: ConnectorUse, registry: ConnectorRegistry): Promise<DefinitionIssue[]> {
  const { given, kind, name, issue } = use
  const connector = await registry.load(given.connector, given.version)
  if (connector === undefined) return [await unknownConnector(use, registry)]
  const members = use.members(connector)
  const member = Object.hasOwn(members, name) ? members[name] : undefined
  if (member === undefined) {
    const known = Object.keys(members)
    const message = `${connector.name} has no ${kind} "${name}"${suggestion(name, known)}`
    return [known.length === 0 ? issue(`/${kind}`, message) : issue(`/${kind}`, message, `one of ${known.join(', ')}`)]
  }
  const missing =
    connector.connection === 'required' && given.connection === undefined
      ? [issue('/connection', `${connector.name} needs a connection. Choose one or create it.`)]
      : []
  return [...missing, ...inputIssues(use, given.input, member.input)]
}

async function unknownConnector({ given, issue }: ConnectorUse, registry: ConnectorRegistry): Promise<DefinitionIssue> {
  const all = registry.list()
  // One that is not listed may be the tenant's own.
  const newest = given.version === undefined ? undefined : await registry.load(given.connector)
  if (newest !== undefined) {
    const listed = all.filter(({ id }) => id === given.connector).map(({ version }) => version)
    const known = listed.length === 0 ? [newest.version] : listed
    return issue('/version', `"${newest.id}" has no version ${given.version} here.`, `one of ${known.join(', ')}`)
  }
  const known = [...new Set(all.map(({ id }) => id))]
  const message = `There is no connector "${given.connector}"${suggestion(given.connector, known)}`
  return issue('/connector', message, `one of ${known.join(', ')}`)
}

/** The end of a sentence about an unknown name. */
function suggestion(name: string, known: readonly string[]): string {
  const close = closestName(name, known)
  return close === undefined ? '.' : `; did you mean "${close}"?`
}

function inputIssues({ isOpen, issue }: ConnectorUse, input: JsonObject, schema: z.ZodType): DefinitionIssue[] {
  const parsed = schema.safeParse(input)
  if (parsed.success) return []
  return shapeFindings(parsed.error)
    .filter(({ path }) => !isOpen(path))
    .flatMap((finding) => {
      if (finding.code === 'unrecognized_keys') {
        return finding.keys.map((key) => issue(`/input${toPointer([...finding.path, key])}`, unknownField(key)))
      }
      return [issue(`/input${toPointer(finding.path)}`, ...inputWording(input, finding))]
    })
}

/** What zod says when a connector's author has said nothing: right, and no words for people. */
const ZODS_OWN_WORDS = /^(Too small|Too big|Invalid)\b/

function inputWording(input: JsonValue, finding: z.core.$ZodIssue): [message: string, expected?: string] {
  const field = `"${finding.path.map(String).join('.') || 'input'}"`
  if (valueAt(input, finding.path) === undefined) return [`${field} is missing.`]
  if (finding.code === 'invalid_type') return [`${field} is of the wrong kind.`, nameOfType(finding.expected)]
  const isZods = ZODS_OWN_WORDS.test(finding.message)
  if (isZods && (finding.code === 'too_small' || finding.code === 'too_big')) return sizeWording(finding, field)
  if (isZods && finding.code === 'invalid_value') return valueWording(finding, field)
  // The words of the connector's author, who knows what the service wants.
  return [`${field} is not right: ${finding.message.replace(/[.]$/, '')}.`]
}

/** Whether the value at a path, or one around it, is an expression. */
function holdsExpression(input: JsonValue, path: readonly PropertyKey[]): boolean {
  return path.some((_, index) => isExpression(valueAt(input, path.slice(0, index + 1)))) || isExpression(input)
}

function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{')
}
