import { z } from '@inlay/sdk/connector'
import { projectPath } from './project.js'

/** The field by which actions name a file of a repository. */
export const pathField = z
  .string()
  .min(1)
  .meta({ title: 'Path', examples: ['docs/readme.md'] })

/** The path of a file in the API: all of it is one part. */
export function filePath(project: string, path: string): string {
  return `${projectPath(project)}/repository/files/${encodeURIComponent(path.replace(/^\/+/, ''))}`
}
