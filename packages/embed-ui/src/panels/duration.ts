import type { Texts } from '../messages/useTexts.js'

export const DURATION_UNITS = ['ms', 's', 'm', 'h', 'd'] as const
export type DurationUnit = (typeof DURATION_UNITS)[number]

/** A duration in words: `"1d"` is `1 day`. Text that is none stays as it is. */
export function durationWords(text: string, t: Texts): string {
  const parts = splitDuration(text)
  return parts === undefined ? text : t(`durationWords.${parts.unit}`, { count: Number(parts.amount) })
}

/** The number and unit of `"30s"`, or undefined when it is no such text. */
function splitDuration(text: string): { readonly amount: string; readonly unit: DurationUnit } | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text.trim())
  // The second group admits these units only.
  return match === null ? undefined : { amount: match[1] ?? '', unit: match[2] as DurationUnit }
}

/** A stored duration as a form shows it: an amount that may be no number yet, and a unit, which is seconds at first. */
export function readDuration(text: string): { readonly amount: string; readonly unit: DurationUnit } {
  const trimmed = text.trim()
  const unit = DURATION_UNITS.find((each) => trimmed.endsWith(each)) ?? 's'
  const amount = trimmed.endsWith(unit) ? trimmed.slice(0, -unit.length) : trimmed
  return { amount, unit }
}
