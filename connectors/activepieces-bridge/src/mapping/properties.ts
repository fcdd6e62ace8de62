import type { JsonObject } from '@inlay/sdk/connector'
import type { PieceProperty } from '../description.js'

type Shape = (property: PieceProperty) => JsonObject

const FILE: JsonObject = {
  type: 'object',
  format: 'file',
  properties: {
    $file: { type: 'string' },
    name: { type: 'string' },
    contentType: { type: 'string' },
    size: { type: 'integer', minimum: 0 },
  },
  required: ['$file', 'name', 'contentType', 'size'],
}

const SHAPES: Readonly<Record<string, Shape>> = {
  SHORT_TEXT: () => ({ type: 'string' }),
  LONG_TEXT: () => ({ type: 'string', format: 'multiline' }),
  SECRET_TEXT: () => ({ type: 'string', format: 'password' }),
  NUMBER: () => ({ type: 'number' }),
  CHECKBOX: () => ({ type: 'boolean' }),
  DATE_TIME: () => ({ type: 'string', format: 'date-time' }),
  COLOR: () => ({ type: 'string' }),
  JSON: () => ({}),
  OBJECT: () => ({ type: 'object', additionalProperties: true }),
  ARRAY: ({ properties }) => ({ type: 'array', items: properties === undefined ? {} : objectSchema(properties) }),
  STATIC_DROPDOWN: choices,
  STATIC_MULTI_SELECT_DROPDOWN: (property) => ({ type: 'array', items: choices(property) }),
  // Their choices, or their shape, are asked for: see `options` and `schemas` of the form.
  DROPDOWN: () => ({}),
  MULTI_SELECT_DROPDOWN: () => ({ type: 'array', items: {} }),
  DYNAMIC: () => ({ type: 'object', additionalProperties: true }),
  FILE: () => FILE,
}

const NOTE = 'MARKDOWN'

/** Fields that cannot be shown: `CUSTOM` brings a user interface of its own. */
export function unknownProperties(properties: readonly PieceProperty[]): readonly PieceProperty[] {
  return properties.filter(({ type }) => type !== NOTE && !Object.hasOwn(SHAPES, type))
}

/** The JSON Schema of a form. Notes become its description. */
export function objectSchema(properties: readonly PieceProperty[]): JsonObject {
  const notes = properties.filter(({ type }) => type === NOTE).map(({ description }) => description)
  const fields = properties.filter(({ type }) => Object.hasOwn(SHAPES, type))
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    // A default is filled in for what is left out.
    required: fields
      .filter(({ required, defaultValue }) => required && defaultValue === undefined)
      .map(({ name }) => name),
    ...(notes.length === 0 ? {} : { description: notes.join('\n\n') }),
  }
}

function fieldSchema(property: PieceProperty): JsonObject {
  const { type, displayName, description, defaultValue } = property
  return {
    ...SHAPES[type]?.(property),
    title: displayName,
    ...(description === '' ? {} : { description }),
    ...(defaultValue === undefined || defaultValue === null ? {} : { default: defaultValue }),
  }
}

function choices({ choices = [] }: PieceProperty): JsonObject {
  return choices.length === 0 ? {} : { oneOf: choices.map(({ label, value }) => ({ const: value, title: label })) }
}
