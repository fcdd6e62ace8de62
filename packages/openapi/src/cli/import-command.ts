import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@inlay/engine'
import { checkConnector } from '../connector/to-connector.js'
import { importOpenApi } from '../import-openapi.js'
import { IMPORT_LIMITS } from '../options.js'

/** What is asked of an import. */
export interface ImportCommand {
  readonly file: string
  readonly overlays: readonly string[]
  readonly out: string
  readonly id?: string
  readonly documentUrl?: string
  readonly print: (line: string) => void
}

const NOTES_SHOWN = 50

/** Imports a file, writes `<id>.connector.json` and `<id>.notes.json`, and prints what became of it. */
export async function runImport({ file, overlays, out, id, documentUrl, print }: ImportCommand): Promise<void> {
  const { size } = await stat(file)
  if (size > IMPORT_LIMITS.maxBytes) {
    throw new UserError(
      'too_large',
      'openapi.too_large',
      `"${file}" has ${size} bytes; at most ${IMPORT_LIMITS.maxBytes} are read.`,
    )
  }
  const texts = await Promise.all(overlays.map((overlay) => readFile(overlay, 'utf8')))
  const { connector: imported, notes } = await importOpenApi(await readFile(file, 'utf8'), {
    overlays: texts,
    ...(id === undefined ? {} : { id }),
    ...(documentUrl === undefined ? {} : { documentUrl }),
  })
  const connector = checkConnector(imported)
  await mkdir(out, { recursive: true })
  const target = join(out, `${imported.id}.connector.json`)
  await writeFile(target, `${JSON.stringify(imported, undefined, 2)}\n`)
  await writeFile(join(out, `${imported.id}.notes.json`), `${JSON.stringify(notes, undefined, 2)}\n`)
  print(`${imported.name} ${imported.version} (${imported.source.format}): ${target}`)
  print(
    `ways to connect: ${imported.auth.map(({ name }) => name).join(', ') || 'none'}; connection ${connector.connection}`,
  )
  print(
    `actions: ${Object.keys(connector.actions).length}; triggers: ${Object.keys(connector.triggers).join(', ') || 'none'}`,
  )
  print(`actions with pages: ${imported.operations.filter(({ paging }) => paging !== undefined).length}`)
  for (const kind of ['left_out', 'changed', 'advice'] as const) {
    const list = notes.filter((note) => note.kind === kind)
    print(`${kind.replace('_', ' ')}: ${list.length}`)
    for (const { pointer, reason } of list.slice(0, NOTES_SHOWN)) print(`  ${pointer || '/'}: ${reason}`)
    if (list.length > NOTES_SHOWN) print(`  … ${list.length - NOTES_SHOWN} more in ${imported.id}.notes.json`)
  }
}
