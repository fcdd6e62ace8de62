import { CALENDAR_LIBRARY } from './calendar.js'
import { CHOICE_LIBRARY } from './choices.js'
import { CSV_LIBRARY } from './csv.js'
import { DATA_LIBRARY } from './data.js'
import { DATE_LIBRARY } from './dates.js'
import { ENCODING_LIBRARY } from './encodings.js'
import type { Library } from './function.js'
import { LIST_SET_LIBRARY } from './list-sets.js'
import { LIST_LIBRARY } from './lists.js'
import { NUMBER_FORMAT_LIBRARY } from './number-format.js'
import { NUMBER_LIBRARY } from './numbers.js'
import { STATISTICS_LIBRARY } from './statistics.js'
import { TEXT_LIBRARY } from './text.js'
import { TEXT_CASE_LIBRARY } from './text-cases.js'
import { TEXT_PART_LIBRARY } from './text-parts.js'
import { URL_LIBRARY } from './urls.js'

export type { Library, LibraryFunction } from './function.js'

const FAMILIES = {
  text: { ...TEXT_LIBRARY, ...TEXT_CASE_LIBRARY, ...TEXT_PART_LIBRARY },
  numbers: { ...NUMBER_LIBRARY, ...STATISTICS_LIBRARY, ...NUMBER_FORMAT_LIBRARY },
  lists: { ...LIST_LIBRARY, ...LIST_SET_LIBRARY },
  data: { ...DATA_LIBRARY, ...CHOICE_LIBRARY, ...CSV_LIBRARY },
  dates: { ...DATE_LIBRARY, ...CALENDAR_LIBRARY },
  encodings: { ...ENCODING_LIBRARY, ...URL_LIBRARY },
} as const satisfies Record<string, Library>

/** What a library function is about; the builder groups its list by it. */
export type HelperFamily = keyof typeof FAMILIES

/** One entry of the catalogue that documentation and the builder show. */
export interface Helper {
  readonly name: string
  readonly family: HelperFamily
  /** How it is written, for example `round(value, digits?)`. */
  readonly signature: string
  /** One line: what it gives. */
  readonly description: string
  /** A call and its result, joined by ` → `. */
  readonly example: string
}

/** Every function that expressions may call, by name. */
export const EXPRESSION_LIBRARY: Library = Object.freeze(Object.assign({}, ...Object.values(FAMILIES)))

/** The catalogue of `EXPRESSION_LIBRARY`, as plain data in the order of its families. */
export const HELPERS: readonly Helper[] = Object.entries(FAMILIES).flatMap(([family, library]) =>
  Object.entries<Library[string]>(library).map(([name, { signature, description, example }]) => ({
    name,
    // Object.entries widens the keys that FAMILIES is made of.
    family: family as HelperFamily,
    signature,
    description,
    example,
  })),
)
