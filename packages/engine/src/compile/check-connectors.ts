import type { z } from 'zod'
import type { ConnectorAction } from '../contracts/connector.js'
import type { DefinitionIssue } from '../contracts/issue.js'
import type { JsonValue } from '../contracts/json.js'
import type { ActionStep, WorkflowDefinition } from '../contracts/workflow.js'
import { closestName } from '../expression/spelling.js'
import type { ConnectorRegistry } from '../ports/connector-registry.js'
import { toPointer, valueAt } from './pointer.js'
import { nameOfType, shapeFindings, unknownField } from './schema-issues.js'
import { allSteps } from './walk.js'

/**
 * Checks action steps against the connectors of a deployment: unknown connectors and actions, missing connections,
 * fields that are missing or wrong. A field that holds an expression is taken to be right: its value is not known yet.
 */
export async function checkConnectors(
  definition: WorkflowDefinition,
  registry: ConnectorRegistry,
): Promise<DefinitionIssue[]> {
  const issues: DefinitionIssue[] = []
  for (const { step, pointer } of allSteps(definition.steps)) {
    if (step.type === 'action') issues.push(...(await checkAction(step, pointer, registry)))
  }
  return issues
}

async function checkAction(step: ActionStep, pointer: string, registry: ConnectorRegistry): Promise<DefinitionIssue[]> {
  const connector = await registry.load(step.connector, step.version)
  const issue: Report = (place, message, expected) => ({
    pointer: pointer + place,
    stepId: step.id,
    message,
    ...(expected === undefined ? {} : { expected }),
  })
  if (connector === undefined) return [unknownConnector(step, registry, issue)]
  const action = Object.hasOwn(connector.actions, step.action) ? connector.actions[step.action] : undefined
  if (action === undefined) {
    const known = Object.keys(connector.actions)
    const message = `${connector.name} has no action "${step.action}"${suggestion(step.action, known)}`
    return [issue('/action', message, `one of ${known.join(', ')}`)]
  }
  const missing =
    connector.connection === 'required' && step.connection === undefined
      ? [issue('/connection', `${connector.name} needs a connection. Choose one or create it.`)]
      : []
  return [...missing, ...inputIssues(step, action, issue)]
}

type Report = (place: string, message: string, expected?: string) => DefinitionIssue

function unknownConnector(step: ActionStep, registry: ConnectorRegistry, issue: Report): DefinitionIssue {
  const all = registry.list()
  const versions = all.filter(({ id }) => id === step.connector)
  const [named] = versions
  if (named !== undefined && step.version !== undefined) {
    const known = versions.map(({ version }) => version).join(', ')
    return issue('/version', `"${named.id}" has no version ${step.version} here.`, `one of ${known}`)
  }
  const known = [...new Set(all.map(({ id }) => id))]
  const message = `There is no connector "${step.connector}"${suggestion(step.connector, known)}`
  return issue('/connector', message, `one of ${known.join(', ')}`)
}

/** The end of a sentence about an unknown name. */
function suggestion(name: string, known: readonly string[]): string {
  const close = closestName(name, known)
  return close === undefined ? '.' : `; did you mean "${close}"?`
}

function inputIssues(step: ActionStep, action: ConnectorAction, issue: Report): DefinitionIssue[] {
  const parsed = action.input.safeParse(step.input)
  if (parsed.success) return []
  return shapeFindings(parsed.error)
    .filter(({ path }) => !holdsExpression(step.input, path))
    .flatMap((finding) => {
      if (finding.code === 'unrecognized_keys') {
        return finding.keys.map((key) => issue(`/input${toPointer([...finding.path, key])}`, unknownField(key)))
      }
      return [issue(`/input${toPointer(finding.path)}`, ...inputWording(step.input, finding))]
    })
}

function inputWording(input: JsonValue, finding: z.core.$ZodIssue): [message: string, expected?: string] {
  const field = `"${finding.path.map(String).join('.') || 'input'}"`
  if (valueAt(input, finding.path) === undefined) return [`${field} is missing.`]
  if (finding.code === 'invalid_type') return [`${field} is of the wrong kind.`, nameOfType(finding.expected)]
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
