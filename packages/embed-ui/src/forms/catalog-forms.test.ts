import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../data/api-types.js'
import { asSchema, type FieldKind, fieldKind, schemaFields } from './schema.js'

/** What first-party connectors show of themselves, as it was generated. */
const DISPLAY = new URL('../../../catalog/generated/display/', import.meta.url)

interface Member {
  readonly id: string
  readonly inputSchema: unknown
}

interface Display {
  readonly id: string
  readonly actions?: readonly Member[]
  readonly triggers?: readonly Member[]
}

/** Fields beside those of any JSON for which nobody has found a control of their own. */
const ALLOWED = new Set(['elasticsearch.search.sort[]'])

/** Whether a field holds whatever JSON somebody wants: zod writes such a one as a reference to itself, or as nothing at all. */
function isAnyJson(schema: JsonSchema): boolean {
  return '$ref' in schema || Object.keys(schema).every((key) => key === 'title' || key === 'description')
}

interface Found {
  readonly where: string
  readonly schema: JsonSchema
  readonly kind: FieldKind
}

function* fieldsOf(schema: JsonSchema, where: string): Generator<Found> {
  const kind = fieldKind(schema)
  yield { where, schema, kind }
  if (kind.kind === 'list') yield* fieldsOf(kind.item, `${where}[]`)
  if (kind.kind === 'object') for (const field of kind.fields) yield* fieldsOf(field.schema, `${where}.${field.name}`)
  if (kind.kind !== 'variant') return
  for (const { value, schema: variant } of kind.variants) {
    for (const field of schemaFields(variant)) yield* fieldsOf(field.schema, `${where}<${value}>.${field.name}`)
  }
}

function allFields(): Found[] {
  const fields: Found[] = []
  for (const file of readdirSync(DISPLAY)) {
    // Written by our own generator.
    const { id, actions = [], triggers = [] } = JSON.parse(readFileSync(new URL(file, DISPLAY), 'utf8')) as Display
    for (const member of [...actions, ...triggers]) {
      for (const { name, schema } of schemaFields(asSchema(member.inputSchema))) {
        fields.push(...fieldsOf(schema, `${id}.${member.id}.${name}`))
      }
    }
  }
  return fields
}

describe('forms of first-party connectors', () => {
  const fields = allFields()

  it('have a control of its own for every field, but for those that hold any JSON', () => {
    expect(fields.length).toBeGreaterThan(1000)
    const raw = fields.filter(({ kind, schema }) => kind.kind === 'json' && !isAnyJson(schema))
    expect(raw.map(({ where }) => where).filter((where) => !ALLOWED.has(where))).toEqual([])
  })

  it('pick dates, several choices and files, and never type them', () => {
    const kinds = new Map(fields.map(({ where, kind }) => [where, kind]))
    expect(kinds.get('google-calendar.createEvent.start')).toEqual({ kind: 'dateTime', allowsDay: true })
    expect(kinds.get('stripe.createInvoice.dueDate')?.kind ?? 'date').toBe('date')
    expect(kinds.get('github.repositoryEvent.events')?.kind).toBe('choices')
    expect(kinds.get('gmail.sendMessage.attachments[]')?.kind).toBe('file')
    const typed = fields.filter(({ kind }) => kind.kind === 'text' && /^(date|date-time|time)$/.test(kind.format ?? ''))
    expect(typed).toEqual([])
  })
})
