/** The errors that several functions of the library and several methods have in common. */
import { ValueError } from './failure.js'
import { kindNameOf, named } from './values.js'

interface Refusal {
  /** The function, or in English words what has no name. */
  readonly what: string
  readonly message: string
  readonly hint?: string | undefined
}

interface Unreadable {
  readonly what: string
  readonly text: string
  /** A text that can be read. */
  readonly example: string
  /** What the text is not, for the message. */
  readonly noun?: string
  /** @default that the text is not the noun */
  readonly message?: string
  /** @default the example, when there is a noun */
  readonly hint?: string
  readonly cause?: unknown
}

/** The error of a text that is not written as a function reads it. */
export function unreadable({ what, text, example, noun, cause, ...said }: Unreadable): ValueError {
  const shown = text.slice(0, 50)
  const message = said.message ?? `"${shown}" is not ${noun ?? 'what is needed'}`
  const hint = said.hint ?? (noun === undefined ? undefined : `Write one such as "${example}".`)
  const details = { text: shown, example, ...named(what) }
  return new ValueError(
    { code: 'evaluation.unreadable_text', message, hint, details },
    cause === undefined ? undefined : { cause },
  )
}

/** The error of an argument that is none of those a function knows. */
export function notAllowed(
  refusal: Refusal & { readonly given: unknown; readonly allowed: readonly string[] },
): ValueError {
  const { what, message, hint, allowed } = refusal
  const given = typeof refusal.given === 'string' ? refusal.given.slice(0, 50) : kindNameOf(refusal.given)
  return new ValueError({
    code: 'evaluation.not_allowed',
    message,
    hint,
    details: { given, allowed: [...allowed], ...named(what) },
  })
}

/** The error of a number that a function does not take. */
export function outOfRange(refusal: Refusal & { readonly least: number; readonly most: number }): ValueError {
  const { what, message, hint, least, most } = refusal
  return new ValueError({ code: 'evaluation.out_of_range', message, hint, details: { least, most, name: what } })
}

/** The error of a number that is too small for a function. */
export function belowMinimum({ what, message, hint, limit }: Refusal & { readonly limit: number }): ValueError {
  return new ValueError({ code: 'evaluation.below_minimum', message, hint, details: { limit, name: what } })
}

/** The error of a fraction where a function counts. */
export function notWhole(name: string, message: string): ValueError {
  return new ValueError({ code: 'evaluation.not_whole', message, details: { name } })
}

/** The error of a text with more characters than may be. */
export function tooLongText(limit: number, message: string): ValueError {
  return new ValueError({ code: 'evaluation.too_long', message, details: { limit } })
}

/** The error of more parts than may be. */
export function tooMany(limit: number, message: string): ValueError {
  return new ValueError({ code: 'evaluation.too_many', message, details: { limit } })
}

/** The error of an instant that dates do not reach. */
export function dateOutOfRange(hint?: string): ValueError {
  return new ValueError({ code: 'evaluation.date_out_of_range', message: 'The date is out of range', hint })
}
