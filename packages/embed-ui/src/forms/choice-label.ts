import { titleOf } from './schema.js'

/** A choice as people read it: `pull_request` is `Pull request`; what services write in their own way stays. */
export function choiceLabel(choice: string | number | boolean): string {
  const text = String(choice)
  return typeof choice === 'string' && /^[a-z][a-z0-9]*([_-][a-z0-9]+|[A-Z][a-z0-9]+)*$/.test(choice)
    ? titleOf(text)
    : text
}
