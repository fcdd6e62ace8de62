import { StepError } from '@inlay/sdk/connector'

/** A text between quotes. @throws StepError `validation` for what cannot stand there, commands among it */
export function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what would end the command
  if (/[\x00-\x1f\x7f-\uffff]/.test(text)) {
    throw new StepError('validation', 'A name holds characters that this mail server cannot take')
  }
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** A text to search for: between quotes, or as bytes where it is more than ASCII. */
export function searchText(text: string): string | Buffer {
  return /^[ -~]*$/.test(text) ? quoted(text) : Buffer.from(text)
}

/** A folder's name as commands take it: what is not ASCII in modified UTF-7 (RFC 3501 section 5.1.3). */
export function folderArgument(name: string): string {
  return quoted(name.replaceAll('&', '&-').replaceAll(/[^ -~\p{Cc}]+/gu, encodeRun))
}

/** A folder's name as people read it. */
export function readFolderName(name: string): string {
  return name.replaceAll(/&([A-Za-z0-9+,]*)-/g, (_, run: string) => (run === '' ? '&' : decodeRun(run)))
}

function encodeRun(run: string): string {
  const bytes = Buffer.from(run, 'utf16le').swap16()
  return `&${bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`
}

function decodeRun(run: string): string {
  const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64')
  // Whole units of 16 bits alone: what is left over are the bits that fill up Base64.
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    .swap16()
    .toString('utf16le')
}
