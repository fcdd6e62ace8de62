import { type JsonInput, type JsonValue, jsonValue, StepError, z } from '@inlay/sdk/connector'
import { plainRichText, plainTextOf, richTextSchema } from './rich-text.js'

const named = z.object({ name: z.string() })
const person = z.object({
  id: z.string(),
  name: z.string().nullish(),
  person: z.object({ email: z.string().optional() }).optional(),
})
const file = z.object({
  name: z.string().optional(),
  file: z.object({ url: z.string() }).optional(),
  external: z.object({ url: z.string() }).optional(),
})

/** Values as Notion gives them become plain ones: texts, numbers, lists of names. Types not named here are given as they are. */
const READERS: Readonly<Record<string, (value: unknown) => JsonValue | undefined>> = {
  title: (value) => textOf(value),
  rich_text: (value) => textOf(value),
  select: (value) => named.safeParse(value).data?.name,
  status: (value) => named.safeParse(value).data?.name,
  multi_select: (value) =>
    z
      .array(named)
      .safeParse(value)
      .data?.map(({ name }) => name),
  people: (value) => z.array(person).safeParse(value).data?.map(personOf),
  created_by: (value) => readPerson(value),
  last_edited_by: (value) => readPerson(value),
  relation: (value) =>
    z
      .array(z.object({ id: z.string() }))
      .safeParse(value)
      .data?.map(({ id }) => id),
  files: (value) =>
    z
      .array(file)
      .safeParse(value)
      .data?.flatMap((each) => each.file?.url ?? each.external?.url ?? []),
  formula: (value) => readTyped(value),
  rollup: (value) => readTyped(value),
  array: (value) => z.array(z.unknown()).safeParse(value).data?.map(readTyped),
  unique_id: (value) => {
    const { data } = z.object({ prefix: z.string().nullish(), number: z.number() }).safeParse(value)
    return data && (data.prefix ? `${data.prefix}-${data.number}` : String(data.number))
  },
}

function textOf(value: unknown): string | undefined {
  const { data } = richTextSchema.safeParse(value)
  return data && plainTextOf(data)
}

function personOf({ id, name, person: details }: z.infer<typeof person>): JsonValue {
  return { id, name: name ?? null, email: details?.email ?? null }
}

function readPerson(value: unknown): JsonValue | undefined {
  const { data } = person.safeParse(value)
  return data && personOf(data)
}

/** A value with its type, which names the field that holds it. */
function readTyped(value: unknown): JsonValue {
  const { data } = z.looseObject({ type: z.string() }).safeParse(value)
  if (data === undefined) return null
  const held = data[data.type]
  const read = READERS[data.type]
  return (read === undefined ? jsonValue.safeParse(held).data : read(held)) ?? null
}

/** The properties of a page as plain values, by name. */
export function readProperties(properties: Readonly<Record<string, unknown>>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, readTyped(value)]))
}

const dateValue = z.union([
  z.string().transform((start) => ({ start })),
  z.object({ start: z.string(), end: z.string().nullish(), time_zone: z.string().nullish() }),
])
const texts = z.union([z.array(z.string()), z.string().transform((text) => [text])])
const text = z.union([z.string(), z.number().transform(String)])

/** How a plain value is written into each type of property. */
const WRITERS: Readonly<Record<string, z.ZodType<JsonInput>>> = {
  title: text.transform(plainRichText),
  rich_text: text.transform(plainRichText),
  number: z.coerce.number(),
  checkbox: z.boolean(),
  url: z.string(),
  email: z.string(),
  phone_number: text,
  select: text.transform((name) => ({ name })),
  status: text.transform((name) => ({ name })),
  multi_select: texts.transform((names) => names.map((name) => ({ name }))),
  date: dateValue,
  people: texts.transform((ids) => ids.map((id) => ({ id }))),
  relation: texts.transform((ids) => ids.map((id) => ({ id }))),
  files: texts.transform((urls) =>
    urls.map((url) => ({ type: 'external', name: url.split('/').at(-1)?.slice(0, 100) || 'file', external: { url } })),
  ),
}

/** Types whose value is emptied by an empty list, not by null. */
const EMPTIED_BY_LIST = new Set(['title', 'rich_text', 'multi_select', 'people', 'relation', 'files'])

/**
 * Plain values as Notion wants them written.
 *
 * @param types the type of each property, by name
 * @throws StepError `validation` for a property that is not there, cannot be written, or takes another kind of value
 */
export function writeProperties(
  values: Readonly<Record<string, JsonValue>>,
  types: Readonly<Record<string, string>>,
): Record<string, JsonInput> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, writeProperty(name, value, types)]))
}

function writeProperty(name: string, value: JsonValue, types: Readonly<Record<string, string>>): JsonInput {
  const type = Object.hasOwn(types, name) ? types[name] : undefined
  if (type === undefined) {
    const known = Object.keys(types).join(', ')
    throw new StepError('validation', `The database has no property "${name}"`, { detail: `It has: ${known}.` })
  }
  const writer = WRITERS[type]
  if (writer === undefined) {
    throw new StepError('validation', `The property "${name}" cannot be written`, {
      detail: `Notion works out properties of the type "${type}" itself. Leave it out.`,
    })
  }
  if (value === null) return { [type]: type === 'checkbox' ? false : EMPTIED_BY_LIST.has(type) ? [] : null }
  const parsed = writer.safeParse(value)
  if (parsed.success) return { [type]: parsed.data }
  throw new StepError('validation', `"${name}" does not take this value`, {
    detail: `It is a property of the type "${type}", and was given ${JSON.stringify(value).slice(0, 200)}.`,
  })
}
