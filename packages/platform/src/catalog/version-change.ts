import { z } from 'zod'

/** What can be different between two versions of a connector, for one of its uses. */
const VERSION_CHANGES = [
  'member_removed',
  'input_required',
  'input_removed',
  'input_narrowed',
  'input_added',
  'output_removed',
  'output_changed',
  'output_optional',
  'output_added',
  'auth_changed',
  'connection_required',
  'scopes_added',
] as const

/** One difference. `breaking`: the workflow would fail, be refused, or work with other data. */
export const versionChangeSchema = z.object({
  level: z.enum(['breaking', 'safe']),
  code: z.enum(VERSION_CHANGES),
  message: z.string(),
})
/** One difference. `breaking`: the workflow would fail, be refused, or work with other data. */
export type VersionChange = z.infer<typeof versionChangeSchema>
