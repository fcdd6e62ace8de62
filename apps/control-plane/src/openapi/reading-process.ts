/** Reads one OpenAPI document, in a process of its own: one that takes too much ends this process alone. */
import { setPriority } from 'node:os'
import { isInlayError } from '@inlay/engine'
import { importOpenApi } from '@inlay/openapi'

setPriority(10)

process.on('disconnect', () => process.exit())
process.once('message', async (document: string) => {
  try {
    const { connector, notes } = await importOpenApi(document)
    process.send?.({ definition: connector, notes })
  } catch (error) {
    if (!isInlayError(error)) throw error
    process.send?.({ refused: { code: error.code, message: error.message, detail: error.detail } })
  }
})
