/** Formatters of the platform, kept: making one takes some 50 microseconds and much memory, using one a microsecond. */
import { ValueError } from '../failure.js'
import type { Budget } from '../limits.js'

const MAX_KEPT = 100
const MAKE_FUEL = 1_000
const USE_FUEL = 30

/** Formatters of one kind by what they were made with. */
export class KeptFormatters<Options extends object, Format> {
  private readonly kept = new Map<string, Format>()

  /** @param make may throw a RangeError for what it does not know */
  constructor(
    private readonly make: (locale: string, options: Options) => Format,
    private readonly refuse: (locale: string, options: Options, cause: unknown) => ValueError,
  ) {}

  /** @throws ValueError for an unknown locale or option, LimitError */
  get(locale: string, options: Options, budget: Budget): Format {
    budget.burn(USE_FUEL)
    const key = `${locale} ${JSON.stringify(options)}`
    const known = this.kept.get(key)
    if (known !== undefined) return known
    budget.burn(MAKE_FUEL)
    const made = this.made(locale, options)
    if (this.kept.size >= MAX_KEPT) this.kept.clear()
    this.kept.set(key, made)
    return made
  }

  private made(locale: string, options: Options): Format {
    try {
      return this.make(locale, options)
    } catch (error) {
      throw this.refuse(locale, options, error)
    }
  }
}

/** Formatters of dates in time zones. */
export const DATE_FORMATTERS = new KeptFormatters<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(
  (locale, options) => new Intl.DateTimeFormat(locale, options),
  (locale, { timeZone }, cause) => {
    return isKnownLocale(locale) ? unknownTimeZone(timeZone?.slice(0, 50) ?? '', cause) : unknownLocale(locale, cause)
  },
)

function unknownTimeZone(timeZone: string, cause: unknown): ValueError {
  const message = `There is no time zone "${timeZone}"`
  const hint = 'A time zone is named like "Europe/Berlin".'
  return new ValueError({ code: 'evaluation.unknown_time_zone', message, hint, details: { timeZone } }, { cause })
}

/** The error about a locale that the platform refuses. */
export function unknownLocale(locale: string, cause: unknown): ValueError {
  const details = { locale: locale.slice(0, 50) }
  const message = `There is no locale "${details.locale}"`
  const hint = 'A locale is named like "en-GB".'
  return new ValueError({ code: 'evaluation.unknown_locale', message, hint, details }, { cause })
}

function isKnownLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length > 0
  } catch {
    return false
  }
}
