import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR = Number(process.versions.node.split('.')[0])
/** Node-RED 5 needs Node 22.9. */
const PACKAGES = ['@dbos-inc/dbos-sdk@5', 'express@5', 'undici@6', `node-red@${NODE_MAJOR >= 23 ? 5 : 4}`]

/** A folder in which the peers are installed. */
export interface PeerFolder {
  readonly path: string
  remove(): Promise<void>
}

/** Installs the peers from npm into a folder for the time of the measurement; they are no dependencies of ours. */
export async function installPeers(): Promise<PeerFolder> {
  const path = await mkdtemp(join(tmpdir(), 'inlay-bench-peers-'))
  await writeFile(join(path, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await npm(['install', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES], path)
  await cp(fileURLToPath(new URL('./dbos-program.mjs', import.meta.url)), join(path, 'dbos-program.mjs'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

function npm(args: readonly string[], cwd: string): Promise<void> {
  const child = spawn('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`npm could not install ${PACKAGES.join(', ')} in ${cwd} (code ${code}).`))
    })
  })
}
