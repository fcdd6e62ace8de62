import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Pieces on this machine, or why there are none. */
export type InstalledPieces = { readonly folder: string } | { readonly reason: string }

const INSTALL_TIMEOUT_MS = 120_000

/**
 * Installs pieces from the registry once, into a folder that later runs find again.
 *
 * @param versions exact ones, by package
 */
export function installPieces(versions: Readonly<Record<string, string>>): InstalledPieces {
  const folder = join(tmpdir(), 'inlay-bridged-pieces')
  const manifest = JSON.stringify({ name: 'bridged-pieces', private: true, dependencies: versions }, null, 2)
  if (isInstalled(folder, manifest)) return { folder }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), manifest)
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--no-package-lock']
  const { status, error, stderr } = spawnSync('npm', ['install', ...flags], {
    cwd: folder,
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
  })
  if (status === 0) {
    writeFileSync(join(folder, 'installed.json'), manifest)
    return { folder }
  }
  return {
    reason: (error?.message ?? stderr.split('\n').find((line) => line.includes('npm error')) ?? 'npm failed').slice(
      0,
      200,
    ),
  }
}

function isInstalled(folder: string, manifest: string): boolean {
  const marker = join(folder, 'installed.json')
  return existsSync(marker) && readFileSync(marker, 'utf8') === manifest
}
