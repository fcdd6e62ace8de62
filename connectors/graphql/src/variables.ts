import { type JsonObject, StepError } from '@inlay/sdk/connector'
import { type DocumentNode, Kind, parse, type TypeNode } from 'graphql'

/** What the scalars that every API has look like in JSON. */
const SCALARS: Readonly<Record<string, JsonObject>> = {
  Int: { type: 'integer' },
  Float: { type: 'number' },
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  ID: { type: 'string' },
}

const MAX_TOKENS = 10_000

/** @throws StepError `validation` that says where the operation is wrong */
export function parseOperation(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_TOKENS })
  } catch (cause) {
    throw new StepError('validation', 'The operation is not GraphQL', {
      detail: cause instanceof Error ? cause.message : 'It cannot be read.',
      cause,
    })
  }
}

/** The variables of an operation as a form. @param operationName of several; the first when absent */
export function variablesSchema(query: string, operationName?: string): JsonObject {
  const operations = parseOperation(query).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  const named = operations.find(({ name }) => name?.value === operationName)
  const variables = (named ?? operations[0])?.variableDefinitions ?? []
  const properties = variables.map(({ variable, type }) => [
    variable.name.value,
    { title: variable.name.value, ...schemaOf(type) },
  ])
  const required = variables.filter(
    ({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
  )
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: required.map(({ variable }) => variable.name.value),
    additionalProperties: false,
  }
}

/** Types that only the API knows may be anything. */
function schemaOf(type: TypeNode): JsonObject {
  switch (type.kind) {
    case Kind.NON_NULL_TYPE:
      return schemaOf(type.type)
    case Kind.LIST_TYPE:
      return { type: 'array', items: schemaOf(type.type) }
    case Kind.NAMED_TYPE:
      return SCALARS[type.name.value] ?? { description: type.name.value }
  }
}
