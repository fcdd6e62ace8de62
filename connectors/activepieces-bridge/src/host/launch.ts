import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InstalledPiece } from './piece-package.js'

/** A program for `spawn`, with what it may do. */
export interface LaunchCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
}

/** @param heapMegabytes the bound of its JavaScript heap */
export function launchCommand(piece: InstalledPiece, heapMegabytes: number): LaunchCommand {
  // It is JavaScript and published as it is: the same file from the sources and from `dist`.
  const program = realpathSync(fileURLToPath(new URL('../../src/child/main.js', import.meta.url)))
  return {
    file: process.execPath,
    args: [...confinedFlags([piece.folder, dirname(program)], heapMegabytes), program, piece.folder, piece.name],
    cwd: emptyFolder(),
  }
}

/** The flags that confine a Node.js process to reading the given folders. */
function confinedFlags(readableFolders: readonly string[], heapMegabytes: number): readonly string[] {
  return [
    // Renamed when it became stable, in 22.13 and 23.5.
    process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission',
    ...readableFolders.map((folder) => `--allow-fs-read=${join(folder, '*')}`),
    // Addons are native code, which no permission stops.
    '--no-addons',
    `--max-old-space-size=${heapMegabytes}`,
    '--no-warnings',
  ]
}

let made: string | undefined

/** One for all: no process may read or write it. */
function emptyFolder(): string {
  made ??= realpathSync(mkdtempSync(join(tmpdir(), 'inlay-piece-')))
  return made
}
