import type { ApiClient } from '@inlay/sdk/client'

type Settings = NonNullable<Parameters<ApiClient['templates']['create']['mutate']>[0]['settings']>

/** What was written as settings; null for none. */
export function readSettings(text: string): { readonly value: Settings | null; readonly problem?: string } {
  if (text.trim() === '') return { value: null }
  try {
    const value: unknown = JSON.parse(text)
    const isSchema = typeof value === 'object' && value !== null && 'type' in value && value.type === 'object'
    // Parsed JSON is JSON, and the check leaves schemas of objects.
    if (isSchema) return { value: value as Settings }
    return { value: null, problem: 'The schema must be of an object: { "type": "object", "properties": { … } }.' }
  } catch {
    return { value: null, problem: 'This is not JSON yet.' }
  }
}
