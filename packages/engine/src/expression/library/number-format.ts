import type { Budget } from '../limits.js'
import { notAllowed, outOfRange, unreadable } from '../value-refusals.js'
import { asNumber, asOptionalNumber, asText } from '../values.js'
import type { Library } from './function.js'
import { KeptFormatters, unknownLocale } from './intl-formats.js'

/** Numbers for people, and back. */
export const NUMBER_FORMAT_LIBRARY: Library = {
  formatNumber: {
    signature: 'formatNumber(value, digits?, locale?)',
    description: 'A number with its thousands apart, and that many digits after the point (up to 3 when absent).',
    example: "formatNumber(1234.5, 2, 'en') → '1,234.50'",
    arity: [1, 3],
    call: ([value, digits, locale], budget) =>
      format(asNumber(value, 'formatNumber'), { ...digitsOf(digits, 'formatNumber'), locale, budget }),
  },
  formatCurrency: {
    signature: 'formatCurrency(value, currency, locale?)',
    description: 'An amount of money; the currency is its code of three letters.',
    example: "formatCurrency(1234.5, 'EUR', 'en') → '€1,234.50'",
    arity: [2, 3],
    call: ([value, currency, locale], budget) => {
      const code = asText(currency, 'formatCurrency')
      if (!/^[A-Za-z]{3}$/.test(code)) {
        const message = 'A currency is a code of three letters such as EUR'
        throw unreadable({ what: 'formatCurrency', text: code, example: 'EUR', message })
      }
      return format(asNumber(value, 'formatCurrency'), { style: 'currency', currency: code, locale, budget })
    },
  },
  formatPercent: {
    signature: 'formatPercent(value, digits?, locale?)',
    description: 'A share of one as percent.',
    example: "formatPercent(0.256, 1, 'en') → '25.6%'",
    arity: [1, 3],
    call: ([value, digits, locale], budget) =>
      format(asNumber(value, 'formatPercent'), {
        style: 'percent',
        ...digitsOf(digits ?? 0, 'formatPercent'),
        locale,
        budget,
      }),
  },
  parseNumber: {
    signature: 'parseNumber(text, decimalSign?)',
    description: 'The number in a text that people wrote; the sign before its decimals is "." (when absent) or ",".',
    example: "parseNumber('1.234,50 €', ',') → 1234.5",
    arity: [1, 2],
    call: ([text, decimalSign]) => parseNumber(asText(text, 'parseNumber'), decimalSign ?? '.'),
  },
}

interface NumberFormat extends Intl.NumberFormatOptions {
  readonly locale: unknown
  readonly budget: Budget
}

const formatters = new KeptFormatters<Intl.NumberFormatOptions, Intl.NumberFormat>(
  (locale, options) => new Intl.NumberFormat(locale, options),
  (locale, _, cause) => unknownLocale(locale, cause),
)

function format(value: number, { locale, budget, ...options }: NumberFormat): string {
  return formatters.get(locale === undefined ? 'en' : asText(locale, 'The locale'), options, budget).format(value)
}

function digitsOf(digits: unknown, what: string): Intl.NumberFormatOptions {
  const count = asOptionalNumber(digits, 'The number of digits')
  if (count === undefined) return {}
  if (!(Number.isInteger(count) && count >= 0 && count <= 20)) {
    throw outOfRange({ what, least: 0, most: 20, message: 'A number has 0 to 20 digits' })
  }
  return { minimumFractionDigits: count, maximumFractionDigits: count }
}

const MOST_CHARACTERS = 100

function parseNumber(text: string, decimalSign: unknown): number {
  if (decimalSign !== '.' && decimalSign !== ',') {
    const message = 'The decimal sign is "." or ","'
    throw notAllowed({ what: 'parseNumber', given: decimalSign, allowed: ['.', ','], message })
  }
  const grouping = decimalSign === '.' ? ',' : '.'
  const [digits = ''] = /[-+]?\p{Sc}?\s?\d[\d.,'’_\s]*/u.exec(text.slice(0, MOST_CHARACTERS)) ?? []
  const plain = digits
    .replaceAll(/[^\d.,+-]/g, '')
    .replaceAll(grouping, '')
    .replace(decimalSign, '.')
  const value = /^[-+]?\d+(?:\.\d*)?$/.test(plain) && text.length <= MOST_CHARACTERS ? Number(plain) : Number.NaN
  if (!Number.isFinite(value)) {
    throw unreadable({
      what: 'parseNumber',
      text,
      example: '1,234.50',
      message: `"${text.slice(0, 50)}" holds no number`,
      hint: 'Write one such as "1,234.50", or choose the sign.',
    })
  }
  return value + 0
}
