/** Master keys: `node apps/control-plane/dist/keys.js status`, or `rewrap`, with the environment of the control plane. */
import { createAuditLog } from '@inlay/platform/audit'
import { readConfig } from '@inlay/platform/config'
import { describeStartFailure, openDatabase } from '@inlay/platform/database'
import { createKeyRotation, type KeyRotation, openKeyWrapper } from '@inlay/platform/vault'

const USAGE = 'Say what to do: status (which master keys are in use), or rewrap (move to the one in use now).\n'

async function main(): Promise<number> {
  const [command] = process.argv.slice(2)
  if (command !== 'status' && command !== 'rewrap') {
    process.stderr.write(USAGE)
    return 2
  }
  const config = readConfig(process.env)
  const database = openDatabase({ ...config, maxConnections: 2 })
  try {
    await database.assertReady()
    const rotation = createKeyRotation({ database, wrapper: openKeyWrapper(config), audit: createAuditLog(database) })
    const failures = command === 'rewrap' ? await rewrap(rotation) : 0
    await printStatus(rotation)
    return failures === 0 ? 0 : 1
  } finally {
    await database.close()
  }
}

/** @returns how many data keys stay as they are because they do not open */
async function rewrap(rotation: KeyRotation): Promise<number> {
  const { rewrapped, failures } = await rotation.rewrap()
  process.stdout.write(`Re-wrapped: ${rewrapped}\n`)
  for (const { owner, error } of failures) {
    const name = owner.customerId ?? owner.tenantId
    process.stderr.write(
      `The data key of ${name} stays: ${error instanceof Error ? error.message : 'it does not open'}\n`,
    )
  }
  return failures.length
}

async function printStatus(rotation: KeyRotation): Promise<void> {
  const { current, usage } = await rotation.status()
  process.stdout.write(`In use now: ${current}\n`)
  for (const { keyId, dataKeys } of usage) {
    const note = keyId === current ? '' : ' (still needed)'
    process.stdout.write(`  ${keyId}: ${dataKeys} data ${dataKeys === 1 ? 'key' : 'keys'}${note}\n`)
  }
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${describeStartFailure(error)}\n`)
    process.exitCode = 1
  },
)
