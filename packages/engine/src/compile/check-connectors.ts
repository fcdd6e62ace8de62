import type { z } from 'zod'
import type { Connector } from '../contracts/connector.js'
import type { DefinitionIssue, IssueReason } from '../contracts/issue.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import type { ActionStep, ConnectorTriggerStart, WorkflowDefinition } from '../contracts/workflow.js'
import { closestName } from '../expression/spelling.js'
import { isOfValidator } from '../json-schema/keyword-issues.js'
import type { ConnectorRegistry } from '../ports/connector-registry.js'
import { toPointer, valueAt } from './pointer.js'
import { shapeFindings } from './schema-issues.js'
import {
  formReason,
  missingReason,
  refusedReason,
  type ShapeFinding,
  shapeReason,
  unknownReason,
} from './shape-reasons.js'
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
  issue(place: string, reason: IssueReason): DefinitionIssue
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
  return (place, reason) => ({
    ...reason,
    pointer: pointer + place,
    ...(stepId === undefined ? {} : { stepId }),
  })
}

async function checkUse(use: ConnectorUse, registry: ConnectorRegistry): Promise<DefinitionIssue[]> {
  const { given, kind, name, issue } = use
  const connector = await registry.load(given.connector, given.version)
  if (connector === undefined) return [await unknownConnector(use, registry)]
  const members = use.members(connector)
  const member = Object.hasOwn(members, name) ? members[name] : undefined
  if (member === undefined) return [issue(`/${kind}`, unknownMember(use, connector, Object.keys(members)))]
  const missing =
    connector.connection === 'required' && given.connection === undefined
      ? [issue('/connection', noConnection(connector))]
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
    return issue('/version', {
      code: 'connector.unknown_version',
      message: `"${newest.id}" has no version ${given.version} here.`,
      expected: `one of ${known.join(', ')}`,
      details: { connector: newest.id, version: given.version ?? '' },
    })
  }
  const known = [...new Set(all.map(({ id }) => id))]
  const { end, details } = suggestion(given.connector, known)
  return issue('/connector', {
    code: 'connector.unknown',
    message: `There is no connector "${given.connector}"${end}`,
    expected: `one of ${known.join(', ')}`,
    details: { connector: given.connector, ...details },
  })
}

function unknownMember({ kind, name }: ConnectorUse, connector: Connector, known: readonly string[]): IssueReason {
  const { end, details } = suggestion(name, known)
  const said = {
    message: `${connector.name} has no ${kind} "${name}"${end}`,
    ...(known.length === 0 ? {} : { expected: `one of ${known.join(', ')}` }),
  }
  return kind === 'action'
    ? { code: 'connector.unknown_action', ...said, details: { connector: connector.id, action: name, ...details } }
    : { code: 'connector.unknown_trigger', ...said, details: { connector: connector.id, trigger: name, ...details } }
}

function noConnection({ id, name }: Connector): IssueReason {
  const message = `${name} needs a connection. Choose one or create it.`
  return { code: 'connection.missing', message, details: { connector: id } }
}

/** The end of a sentence about an unknown name, and the same for programs. */
function suggestion(name: string, known: readonly string[]): { end: string; details: { suggestion?: string } } {
  const close = closestName(name, known)
  if (close === undefined) return { end: '.', details: {} }
  return { end: `; did you mean "${close}"?`, details: { suggestion: close } }
}

function inputIssues({ isOpen, issue }: ConnectorUse, input: JsonObject, schema: z.ZodType): DefinitionIssue[] {
  const parsed = schema.safeParse(input, { error: () => UNSAID })
  if (parsed.success) return []
  return shapeFindings(parsed.error)
    .filter(({ path }) => !isOpen(path))
    .flatMap((finding) => {
      if (finding.code === 'unrecognized_keys') {
        return finding.keys.map((key) => issue(`/input${toPointer([...finding.path, key])}`, unknownReason(key)))
      }
      return [issue(`/input${toPointer(finding.path)}`, inputReason(input, finding))]
    })
}

/** Stands for what zod would say: the author of the connector has said nothing, so there are words of our own. */
const UNSAID = '-'

function inputReason(input: JsonValue, finding: ShapeFinding): IssueReason {
  const field = `"${finding.path.map(String).join('.') || 'input'}"`
  const given = valueAt(input, finding.path)
  if (given === undefined) return missingReason(field)
  const isOurs = finding.message === UNSAID || finding.code === 'invalid_type'
  // The words of the connector's author, who knows what the service wants.
  if (!isOurs && !isOfValidator(finding)) return refusedReason(field, finding.message)
  return finding.code === 'custom' ? formReason(field) : shapeReason(finding, { field, given })
}

/** Whether the value at a path, or one around it, is an expression. */
function holdsExpression(input: JsonValue, path: readonly PropertyKey[]): boolean {
  return path.some((_, index) => isExpression(valueAt(input, path.slice(0, index + 1)))) || isExpression(input)
}

function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{')
}
