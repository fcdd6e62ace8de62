/** What zod says of a value that does not fit. */
interface SchemaError {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}

/**
 * What does not fit about a value, a line for each: `customer.name: must be a text`.
 *
 * @param whole what the value itself is called, where no member of it is to blame
 */
export function misfits({ issues }: SchemaError, whole: string): string[] {
  return issues.map(({ path, message }) => `${path.map(String).join('.') || whole}: ${message}`)
}
