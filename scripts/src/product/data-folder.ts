import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../failure.js'
import { commandLineOf } from '../services/process-records.js'

/** Makes the data folder and checks that it can be written to. @throws Refusal */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(join(folder, 'logs'), { recursive: true })
    const probe = join(folder, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw new Refusal(
      `The data folder ${folder} cannot be written to (${code}): give this user write access, or set INLAY_DATA_DIR to another folder.`,
    )
  }
}

/**
 * Takes the data folder for this launcher. The one before may have been killed without giving it back.
 *
 * @throws Refusal when another launcher is using the folder
 */
export async function lockDataFolder(folder: string): Promise<void> {
  const file = join(folder, 'launcher.pid')
  const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  if (other > 0 && other !== process.pid && (await commandLineOf(other))?.includes('start.ts') === true) {
    throw new Refusal(
      `The product is already running from ${folder} (process ${other}): stop it first, or set INLAY_DATA_DIR to another folder.`,
    )
  }
  writeFileSync(file, String(process.pid))
}

export function unlockDataFolder(folder: string): void {
  rmSync(join(folder, 'launcher.pid'), { force: true })
}
