import { StepError, z } from '@inlay/sdk/connector'
import { XMLParser } from 'fast-xml-parser'

const LISTS = ['Contents', 'CommonPrefixes', 'Bucket']

/** Entities are left as they are, so that none can refer to another; `xmlText` resolves the few that S3 writes. */
const parser = new XMLParser({
  processEntities: false,
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  removeNSPrefix: true,
  isArray: (name) => LISTS.includes(name),
})

/** The text of an element. */
export const xmlText = z.string().transform(resolveEntities)

/**
 * Reads an XML document into an object by the names of its elements.
 *
 * @throws StepError `communication` when it is none, or brings definitions of its own
 */
export function parseXml(text: string): unknown {
  try {
    if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new TypeError('it has a document type')
    return parser.parse(text)
  } catch (cause) {
    throw new StepError('communication', 'S3 gave an answer that is not understood', {
      detail: `It begins with: ${text.trim().slice(0, 200)}`,
      cause,
    })
  }
}

/** A text as it may stand in an element. */
export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const LAST_CODE_POINT = 0x10ffff

function resolveEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : whole
  })
}
