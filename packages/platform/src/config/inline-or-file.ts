import { readFileSync } from 'node:fs'

/** The JSON object of a setting: the text itself, or what the file at that path holds; undefined when it cannot be read. */
export function inlineOrFile(text: string): string | undefined {
  if (text.trim().startsWith('{')) return text
  try {
    return readFileSync(text, 'utf8')
  } catch {
    return undefined
  }
}
