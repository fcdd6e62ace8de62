import type { ApiError } from '@inlay/sdk/client'

/** Leads a developer to what is written about the code of a refusal; nothing where no answer came. */
export function ErrorPageLink({ error: { docsUrl } }: { readonly error: ApiError }) {
  if (docsUrl === undefined) return null
  return (
    <a className="reading" href={docsUrl} target="_blank" rel="noreferrer">
      What can I do?
    </a>
  )
}
