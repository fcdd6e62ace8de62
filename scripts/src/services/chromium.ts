import { capture, findProgram } from '../command.js'
import { Refusal } from '../failure.js'

/** The path of a Chromium for tests; installed by apt where that is possible. @throws Refusal when there is none */
export async function findChromium(signal: AbortSignal): Promise<string> {
  const given =
    process.env['CHROMIUM_PATH'] ??
    (await findProgram('chromium')) ??
    (await findProgram('chromium-browser')) ??
    (await findProgram('google-chrome'))
  if (given !== undefined) return given
  if (process.getuid?.() === 0 && (await findProgram('apt-get')) !== undefined) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const packages = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core']
    await capture('apt-get', ['update', '-qq'], { env, signal })
    await capture('apt-get', packages, { env, signal })
    const installed = await findProgram('chromium')
    if (installed !== undefined) return installed
  }
  throw new Refusal('There is no Chromium on this machine: install it, or set CHROMIUM_PATH to it, and try again.')
}
