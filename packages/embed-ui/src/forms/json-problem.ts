import type { Texts } from '../messages/useTexts.js'

/**
 * Where a text stops being JSON, in the language of the widget: browsers say it in English, whatever theirs is.
 *
 * @param message of the error that `JSON.parse` threw
 */
export function jsonProblem(message: string, text: string, t: Texts): string {
  const place = placeOf(message, text)
  return place === undefined ? t('json.somewhere') : t('json.at', place)
}

/** Lines and characters, counted from one. */
function placeOf(message: string, text: string) {
  const [, line, character] = /line (\d+) column (\d+)/.exec(message) ?? []
  if (line !== undefined) return { line: Number(line), character: Number(character) }
  const [, position] = /position (\d+)/.exec(message) ?? []
  if (position === undefined) return undefined
  const before = text.slice(0, Number(position)).split('\n')
  return { line: before.length, character: (before.at(-1) ?? '').length + 1 }
}
