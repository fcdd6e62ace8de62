import { z } from 'zod'
import { inlineOrFile } from './inline-or-file.js'

/** A package of the Activepieces project that the operator has reviewed and installed, to be offered as a connector. */
export interface BridgedPieceConfig {
  /** Of the connector. */
  readonly id: string
  /** Of the package. */
  readonly name: string
  /** Exactly. */
  readonly version: string
  /** What npm has verified, `sha512-…`: compared with what is installed. */
  readonly integrity?: string
  /** In which `npm install` ran: all that the piece's process can read. */
  readonly folder: string
}

const pieces = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,49}$/),
  z.strictObject({
    package: z.string().regex(/^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/),
    version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/),
    integrity: z.string().startsWith('sha512-').exactOptional(),
    folder: z.string().startsWith('/'),
  }),
)

const SHAPE =
  '{"activepieces-baserow": {"package": "@activepieces/piece-baserow", "version": "0.10.0", "integrity": "sha512-…", "folder": "/srv/pieces/baserow"}}'

/** `BRIDGED_PIECES`: JSON, or the path of a file that holds it. */
export const bridgedPieces = z.string().transform((text, context): BridgedPieceConfig[] => {
  const fail = (message: string): never => {
    context.addIssue(message)
    return z.NEVER
  }
  const json = inlineOrFile(text)
  if (json === undefined) {
    return fail(`must be JSON such as ${SHAPE}, or the path of a file that holds it and can be read`)
  }
  try {
    const parsed = pieces.safeParse(JSON.parse(json))
    if (parsed.success) {
      return Object.entries(parsed.data).map(([id, { package: name, ...piece }]) => ({ id, name, ...piece }))
    }
    const [issue] = parsed.error.issues
    return fail(`is wrong at ${issue?.path.map(String).join('.') || 'its top'}: it must look like ${SHAPE}`)
  } catch {
    return fail(`must be JSON such as ${SHAPE}`)
  }
})
