import { z } from '@inlay/sdk/connector'

/** The key that an action works on. */
export const keyField = z
  .string()
  .min(1)
  .meta({ title: 'Key', examples: ['orders:7'] })

/** Texts by name, as hashes and stream entries hold them. */
export const textsByName = z.record(z.string(), z.string())

/** Texts by name, at least one. */
export const someTextsByName = textsByName.refine((fields) => Object.keys(fields).length > 0, 'needs a field')

/** A whole number of the server: as text when JSON cannot hold it exactly. */
export const wholeNumber = z.union([z.int(), z.string()])

/** Reads a whole number of the server. */
export function toWholeNumber(reply: unknown): number | string {
  const number = Number(reply)
  return Number.isSafeInteger(number) ? number : String(reply)
}
