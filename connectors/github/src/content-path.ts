import { z } from '@inlay/sdk/connector'
import { repositoryPath } from './repository.js'

/** The field by which actions name a file of a repository. */
export const pathField = z
  .string()
  .min(1)
  .meta({ title: 'Path', examples: ['docs/readme.md'] })

/** The path of a file's contents in the API. */
export function contentPath(repository: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '')
  return `${repositoryPath(repository)}/contents/${parts.map(encodeURIComponent).join('/')}`
}
