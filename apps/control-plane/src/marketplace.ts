/** Review of the marketplace: `node apps/control-plane/dist/marketplace.js list`, `show <id>`, `approve <id>`, `reject <id> <note>`. */
import { isInlayError } from '@inlay/engine'
import { readConfig } from '@inlay/platform/config'
import { describeStartFailure, openDatabase } from '@inlay/platform/database'
import { createMarketplaceReview, type MarketplaceReview } from '@inlay/platform/marketplace'

const USAGE = 'Say what to do: list, show <id>, approve <id>, or reject <id> <what has to change>.\n'

async function main(): Promise<number> {
  const [command = '', id, ...note] = process.argv.slice(2)
  const config = readConfig(process.env)
  const database = openDatabase({ ...config, maxConnections: 2 })
  try {
    await database.assertReady()
    return await review(createMarketplaceReview(database), { command, id, note: note.join(' ') })
  } finally {
    await database.close()
  }
}

async function review(
  marketplace: MarketplaceReview,
  { command, id, note }: { readonly command: string; readonly id: string | undefined; readonly note: string },
): Promise<number> {
  if (command === 'list') {
    const pending = await marketplace.pending()
    if (pending.length === 0) process.stdout.write('Nothing waits for a review.\n')
    for (const { id: each, kind, name, version, publisher } of pending) {
      process.stdout.write(`${each}  ${kind}  ${name} ${version}  by ${publisher}\n`)
    }
    return 0
  }
  if (id === undefined || (command === 'reject' && note === '')) return refuse()
  switch (command) {
    case 'show': {
      const found = (await marketplace.pending()).find((submission) => submission.id === id)
      process.stdout.write(found === undefined ? 'Nothing of that id waits.\n' : `${JSON.stringify(found, null, 2)}\n`)
      return found === undefined ? 1 : 0
    }
    case 'approve':
      await marketplace.approve(id)
      process.stdout.write(`${id} is approved: every tenant can install it.\n`)
      return 0
    case 'reject':
      await marketplace.reject(id, note)
      process.stdout.write(`${id} is sent back with your note.\n`)
      return 0
    default:
      return refuse()
  }
}

function refuse(): number {
  process.stderr.write(USAGE)
  return 2
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${isInlayError(error) ? error.message : describeStartFailure(error)}\n`)
    process.exitCode = 1
  },
)
