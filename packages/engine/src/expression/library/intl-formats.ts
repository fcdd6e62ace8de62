/** Formatters of the platform, kept: making one takes some 50 microseconds and much memory, using one a microsecond. */
import { ValueError } from '../failure.js'
import type { Budget } from '../limits.js'

const MAX_KEPT = 100
const MAKE_FUEL = 1_000
const USE_FUEL = 20

/** Formatters of one kind by what they were made with. */
export class KeptFormatters<Format> {
  private readonly kept = new Map<string, Format>()

  /** @param make may throw a RangeError for what it does not know */
  constructor(
    private readonly make: (locale: string, options: object) => Format,
    private readonly what: string,
  ) {}

  /** @throws ValueError for an unknown locale or option, LimitError */
  get(locale: string, options: object, budget: Budget): Format {
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

  private made(locale: string, options: object): Format {
    try {
      return this.make(locale, options)
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, 100) : 'unknown'
      throw new ValueError(`${this.what} cannot be written so`, `The platform says: ${reason}.`, { cause: error })
    }
  }
}
