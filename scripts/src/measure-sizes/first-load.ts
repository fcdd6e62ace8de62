import { gzipSync } from 'node:zlib'
import type { Rolldown } from 'vite'

/** What a page fetches, in bytes after gzip. */
export interface Load {
  readonly scripts: number
  readonly styles: number
}

/** What a page fetches before it can show anything: the entry, what it imports statically, and their styles. */
export function firstLoad({ output }: Rolldown.RolldownOutput): Load {
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])))
  const wanted = new Set([...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName))
  for (const name of wanted) for (const next of chunks.get(name)?.imports ?? []) if (chunks.has(next)) wanted.add(next)
  const styles = new Set([...wanted].flatMap((name) => [...(chunks.get(name)?.viteMetadata?.importedCss ?? [])]))
  return {
    scripts: sum([...wanted].map((name) => gzipped(chunks.get(name)?.code ?? ''))),
    styles: sum(output.flatMap((file) => (isStyle(file, styles) ? [gzipped(file.source)] : []))),
  }
}

/** All that a page may fetch in the end. */
export function wholeLoad({ output }: Rolldown.RolldownOutput): Load {
  return {
    scripts: sum(output.flatMap((file) => (file.type === 'chunk' ? [gzipped(file.code)] : []))),
    styles: sum(output.flatMap((file) => (isStyle(file, undefined) ? [gzipped(file.source)] : []))),
  }
}

function isStyle(
  file: Rolldown.OutputChunk | Rolldown.OutputAsset,
  named: ReadonlySet<string> | undefined,
): file is Rolldown.OutputAsset {
  return file.type === 'asset' && file.fileName.endsWith('.css') && (named?.has(file.fileName) ?? true)
}

function gzipped(content: string | Uint8Array): number {
  return gzipSync(content, { level: 9 }).length
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
