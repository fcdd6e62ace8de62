/** Checks documents one after the other, in a process of its own: one that takes too much ends the process alone. */
import { readFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { checkDocument } from './check-document.js'

setPriority(10)

process.on('disconnect', () => process.exit())
process.on('message', async (file: string) => {
  const result = await checkDocument(await readFile(file, 'utf8'), { checkSpecification: false, timeLimitMs: 120_000 })
  process.send?.(result)
})
