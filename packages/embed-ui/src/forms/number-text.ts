// Numbers as people of a language write them.
import type { JsonValue } from '@inlay/engine'

/** The sign between a number's whole part and its fraction. */
function decimalSign(locale: string): string {
  return new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'
}

/** A stored number as it is edited: without groups, with the language's own decimal sign. */
export function numberToText(value: JsonValue | undefined, locale: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value)
  return plainDigits(value).replace('.', decimalSign(locale))
}

function plainDigits(value: number): string {
  const text = String(value)
  return /e/.test(text) ? value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

/**
 * What was typed as a number; as it is when it is none: a mistake to be shown, never a wrong number. Either decimal sign
 * is understood, and groups where they cannot be taken for one.
 */
export function textToNumberIn(text: string, locale: string): JsonValue | undefined {
  const trimmed = toLatinDigits(text.trim()).replace(/[\s\u00a0\u202f'’]/g, '')
  if (trimmed === '') return undefined
  const own = decimalSign(locale)
  const signs = trimmed.match(/[.,٫]/g) ?? []
  // `1.234` is a thousand and more where the comma is the decimal sign.
  const isGroup = signs.length === 1 && signs[0] !== own && /^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(trimmed)
  const isPlain = signs.length <= 1 && !isGroup
  const normal = isPlain
    ? trimmed.replace(/[,٫]/, '.')
    : trimmed.replaceAll(own === ',' ? '.' : ',', '').replace(/[,٫]/, '.')
  return /^[-+]?(\d+(\.\d+)?|\.\d+)$/.test(normal) ? Number(normal) : text
}

function toLatinDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}
