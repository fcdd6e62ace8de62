import type { Connector, ConnectorAction, ConnectorTrigger, JsonObject } from '@inlay/engine'
import { z } from 'zod'
import type { ContractProblem } from './contract-report.js'

type Part = 'input' | 'output'

/** Actions and triggers, by id. */
export function membersOf({
  actions,
  triggers,
}: Connector): [id: string, member: ConnectorAction | ConnectorTrigger][] {
  return [...Object.entries(actions), ...Object.entries(triggers)]
}

/** The JSON Schema of a type as forms and docs use it. @throws Error when there is none */
export function jsonSchemaOf(type: z.ZodType, io: Part): JsonObject {
  // What zod writes is JSON by definition.
  return { ...z.toJSONSchema(type, { io, unrepresentable: 'any' }) } as JsonObject
}

/** Whether forms and docs can be made of a connector's schemas. */
export function schemasCheck(connector: Connector): ContractProblem[] {
  return membersOf(connector).flatMap(([id, member]) =>
    [...partProblems(member.input, 'input'), ...partProblems(member.output, 'output')].map(
      (problem): ContractProblem => ({ check: 'schemas', of: id, problem }),
    ),
  )
}

function partProblems(type: z.ZodType, part: Part): string[] {
  try {
    const untitled = untitledFields(jsonSchemaOf(type, part), part === 'input')
    return untitled.map((field) => `the field "${field}" of its ${part} has no title`)
  } catch (error) {
    return [`its ${part} does not become JSON Schema: ${error instanceof Error ? error.message : 'unknown'}`]
  }
}

/** Fields that people would see without a name; in forms also those further in. */
function untitledFields(schema: JsonObject, isDeep: boolean, path = ''): string[] {
  const { properties, items, anyOf, oneOf, format } = schema
  // Files are chosen or written by steps, never field by field.
  if (format === 'file') return []
  const inner = isDeep ? [items, ...listOf(anyOf), ...listOf(oneOf)] : []
  return [
    ...Object.entries(asObject(properties)).flatMap(([name, value]) => {
      const field = asObject(value)
      const at = path === '' ? name : `${path}.${name}`
      // A constant tells the kinds of a choice apart; nobody fills it in.
      const needsTitle = field['title'] === undefined && field['const'] === undefined && field['$ref'] === undefined
      return [...(needsTitle ? [at] : []), ...(isDeep ? untitledFields(field, isDeep, at) : [])]
    }),
    ...inner.filter(isObject).flatMap((each) => untitledFields(each, isDeep, path)),
  ]
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Whether a connector shows what goes in and what comes out. */
export function samplesCheck(connector: Connector): ContractProblem[] {
  const actions = Object.entries(connector.actions).flatMap(([id, { input, output, sampleInput, sampleOutput }]) => [
    ...sampleProblems(id, 'sampleInput', { type: input, sample: sampleInput }),
    ...sampleProblems(id, 'sampleOutput', { type: output, sample: sampleOutput }),
  ])
  const triggers = Object.entries(connector.triggers).flatMap(([id, { output, sampleOutput }]) =>
    sampleProblems(id, 'sampleOutput', { type: output, sample: sampleOutput }),
  )
  return [...actions, ...triggers]
}

function sampleProblems(of: string, name: string, given: { type: z.ZodType; sample: unknown }): ContractProblem[] {
  if (given.sample === undefined) return [{ check: 'samples', of, problem: `it has no ${name}` }]
  const parsed = given.type.safeParse(given.sample)
  if (parsed.success) return []
  const issues = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'value'}: ${message}`)
  return [{ check: 'samples', of, problem: `its ${name} does not fit: ${issues.join('; ')}` }]
}

const SECRET_NAME = /(?:password|passphrase|secret|token|(?:api|access|private|signing|encryption)_?key)$/i
/** Marks of a place in a list, and names of devices, are no secrets. */
const NO_SECRET_NAME = /page|next|sync|cursor|continuation|delta|device|push|max|count/i

/** Whether forms hide what is secret, and connections store it encrypted. */
export function secretsCheck(connector: Connector): ContractProblem[] {
  const { auth, appEvents } = connector
  return [
    ...auth.flatMap(({ id, fields, secretFields = [] }) =>
      fields === undefined ? [] : keptFieldProblems(`auth ${id}`, { fields, secrets: secretFields }),
    ),
    ...(appEvents === undefined
      ? []
      : keptFieldProblems('appEvents', { fields: appEvents.settings, secrets: appEvents.secretSettings })),
    ...membersOf(connector).flatMap(([id, { input }]) => [...openSecrets(input)].map((name) => hidden(id, name))),
  ]
}

function keptFieldProblems(of: string, given: { fields: z.ZodObject; secrets: readonly string[] }): ContractProblem[] {
  const fields = textFields(given.fields)
  const names = Object.keys(fields)
  return [
    ...given.secrets
      .filter((name) => names.includes(name) && fields[name] !== 'password')
      .map((name) => hidden(of, name)),
    ...names
      .filter((name) => (isSecretName(name) || fields[name] === 'password') && !given.secrets.includes(name))
      .map(
        (name): ContractProblem => ({
          check: 'secrets',
          of,
          problem: `the field "${name}" is stored in clear text: name it among the secret fields`,
        }),
      ),
  ]
}

function hidden(of: string, name: string): ContractProblem {
  return { check: 'secrets', of, problem: `the field "${name}" is shown while it is typed: give it format: 'password'` }
}

function openSecrets(type: z.ZodType): string[] {
  const fields = textFields(type)
  return Object.keys(fields).filter((name) => isSecretName(name) && fields[name] === undefined)
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name)
}

/** The formats of the fields that hold texts, by name. */
function textFields(type: z.ZodType): Record<string, string | undefined> {
  const { properties } = safeSchema(type)
  const entries = Object.entries(asObject(properties)).flatMap(([name, value]) => {
    const { type: kind, format } = asObject(value)
    return kind === 'string' ? [[name, typeof format === 'string' ? format : undefined] as const] : []
  })
  return Object.fromEntries(entries)
}

function safeSchema(type: z.ZodType): JsonObject {
  try {
    return jsonSchemaOf(type, 'input')
  } catch {
    // The check of schemas tells of it.
    return {}
  }
}
