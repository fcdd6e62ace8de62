import { badMediaType } from './errors.js'

const MAX_NAME = 200
/** Of the end of a name, which says what the file is. */
const MAX_EXTENSION = 20
const FALLBACK = 'file'

/** Controls, and marks that turn the direction of text: they make a name look like another. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/**
 * A file's name without folders, without what cannot be seen, and short enough for every file system. Two braces in a row
 * become one: the name stands in definitions, where they would begin an expression.
 */
export function fileNameOf(given: string): string {
  const last =
    given
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .normalize('NFC')
      .split(/[\\/]/)
      .at(-1) ?? ''
  const name = last
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .replace(/\{{2,}/g, '{')
    .replace(/\}{2,}/g, '}')
    .trim()
  return /^\.{0,2}$/.test(name) ? FALLBACK : shortened(name)
}

function shortened(name: string): string {
  const signs = [...name]
  if (signs.length <= MAX_NAME) return name
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? [...name.slice(dot)] : []
  if (extension.length === 0 || extension.length > MAX_EXTENSION) return signs.slice(0, MAX_NAME).join('')
  return [...signs.slice(0, MAX_NAME - extension.length), ...extension].join('')
}

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,90}\/[\w!#$&^.+-]{1,90}$/
const UNKNOWN_TYPE = 'application/octet-stream'

/**
 * The media type of an upload, in lower case and without parameters; `application/octet-stream` when none was sent.
 *
 * @throws UserError `file.media_type` for what is none, and for forms: their body is not the file itself
 */
export function mediaTypeOf(header: string | undefined): string {
  const type = (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === '') return UNKNOWN_TYPE
  if (!MEDIA_TYPE.test(type) || type.startsWith('multipart/')) throw badMediaType(header ?? '')
  return type
}
