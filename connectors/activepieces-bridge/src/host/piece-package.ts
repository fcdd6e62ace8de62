import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { StepError, z } from '@inlay/sdk/connector'

/** Which piece, pinned. */
export interface PieceReference {
  /** Of the package: `@activepieces/piece-baserow`. */
  readonly name: string
  /** Exactly: `0.10.0`. */
  readonly version: string
  /** As npm tells it, `sha512-…`: compared with what npm has verified at its installation. */
  readonly integrity?: string
}

/** A piece on this machine. */
export interface InstalledPiece extends PieceReference {
  /** Where it was installed, without symbolic links: all that its process may read. */
  readonly folder: string
}

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
})

/**
 * Finds a piece where npm has installed it.
 *
 * @param folder where `npm install` ran; best one for each piece, as a piece may read the whole of it
 * @throws StepError `validation` when it is not there, or is another than the one that was pinned
 */
export function findInstalledPiece(folder: string, piece: PieceReference): InstalledPiece {
  const { name, version, integrity } = piece
  const found = readLock(folder, piece).packages[`node_modules/${name}`]
  if (found?.version !== version) {
    throw notUsable(piece, `${found?.version ?? 'No version'} is installed.`)
  }
  if (integrity !== undefined && found.integrity !== integrity) {
    throw notUsable(piece, `What is installed has the integrity ${found.integrity ?? 'unknown'}, not the pinned one.`)
  }
  return { ...piece, folder: realpathSync(folder) }
}

/** npm writes this file after it has verified what it installed. */
function readLock(folder: string, piece: PieceReference): z.output<typeof lockSchema> {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8')))
  } catch (cause) {
    throw notUsable(piece, `There is no installation of npm in ${folder}.`, cause)
  }
}

function notUsable({ name, version }: PieceReference, why: string, cause?: unknown): StepError {
  return new StepError('validation', `The piece ${name}@${version} cannot be used`, {
    detail: `${why} Run \`npm install --ignore-scripts --save-exact ${name}@${version}\` in the folder of the piece.`,
    cause,
  })
}
