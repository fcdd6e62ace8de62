// Logos travel inside of answers and pages, as `data:` addresses.

const MAX_BYTES = 64 * 1024
const TYPES: Readonly<Record<string, string>> = {
  'image/svg+xml': 'image/svg+xml',
  'image/png': 'image/png',
  'image/webp': 'image/webp',
  'image/x-icon': 'image/x-icon',
  'image/vnd.microsoft.icon': 'image/x-icon',
}

/** Why a file cannot be a logo; undefined when it can. */
export function imageProblem({ type, size }: Pick<File, 'type' | 'size'>): string | undefined {
  if (!Object.hasOwn(TYPES, type)) return 'Choose an SVG, PNG, WebP or ICO file.'
  if (size > MAX_BYTES)
    return `The file has ${inKilobytes(size)}. It may have 64 kB at most: make it smaller, or an SVG.`
  return size === 0 ? 'The file is empty.' : undefined
}

/** A file as a base64 `data:` address. */
export async function readImage(file: Pick<File, 'type' | 'arrayBuffer'>): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return `data:${TYPES[file.type] ?? file.type};base64,${btoa(text)}`
}

/** How large the image behind an address is, in words. */
export function sizeOfImage(address: string): string {
  const base64 = address.slice(address.indexOf(',') + 1)
  return inKilobytes(Math.floor((base64.length * 3) / 4))
}

function inKilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} kB`
}
