/** Requests and answers as the stub of a document sees them. */

/** A request as the stub server gives it. */
export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  readonly bytes: Uint8Array
}

/** What the stub answers. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** A header by its name, whatever its case. */
export function header({ headers }: WireRequest, name: string): string | undefined {
  const value = headers[name.toLowerCase()]
  return Array.isArray(value) ? value.join(', ') : value
}

/** Whether a content type is one that a document declares, which may hold `*`. */
export function isOfType(declared: string, type: string): boolean {
  const name = declared.split(';')[0]?.trim().toLowerCase() ?? ''
  return (
    name === type.toLowerCase() ||
    name === '' ||
    (name.includes('*') && new RegExp(`^${name.replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`).test(type))
  )
}
