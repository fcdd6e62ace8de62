import type { JsonValue } from '@inlay/engine'

/** A JSON value as people edit it: texts as they are, data as JSON. */
export function jsonToText(value: JsonValue | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** What was typed as a value: data when it is JSON, else text. `problem` says why what looks like JSON is not. */
export function textToJson(text: string): { readonly value: JsonValue | undefined; readonly problem?: string } {
  const trimmed = text.trim()
  if (trimmed === '') return { value: undefined }
  const looksLikeJson = /^(\{(?!\{)|\[|-?\d|true$|false$|null$)/.test(trimmed)
  if (!looksLikeJson) return { value: text }
  try {
    // What JSON.parse gives is a JSON value by definition.
    return { value: JSON.parse(trimmed) as JsonValue }
  } catch (error) {
    if (/^[-\d]/.test(trimmed)) return { value: text }
    return { value: text, problem: error instanceof Error ? error.message : String(error) }
  }
}

/** What was typed into a number field: a number when it is one, else the text (a template, or a mistake to be shown). */
export function textToNumber(text: string): JsonValue | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const number = Number(trimmed)
  return Number.isFinite(number) && /^-?(\d+\.?\d*|\.\d+)$/.test(trimmed) && !trimmed.endsWith('.') ? number : text
}
