/** E-mail and web addresses in text, found from their one sure sign outwards, so that no text takes long. */
import type { Budget } from '../limits.js'

/** Longest part before the @, and longest domain, that RFC 5321 allows. */
const MOST_LOCAL = 64
const MOST_DOMAIN = 255

const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/
const LOCAL_END = /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$/
const DOMAIN_START = /^[A-Za-z0-9.-]+/

export function isAddress(text: string): boolean {
  return text.length <= MOST_LOCAL + 1 + MOST_DOMAIN && ADDRESS.test(text)
}

/** @throws LimitError */
export function findAddresses(text: string, budget: Budget): string[] {
  const found: string[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    budget.burn(40)
    const local = LOCAL_END.exec(text.slice(Math.max(0, at - MOST_LOCAL), at))?.[0] ?? ''
    const domain = DOMAIN_START.exec(text.slice(at + 1, at + 1 + MOST_DOMAIN))?.[0] ?? ''
    // A sentence may end, or a list go on, right behind an address.
    const address = `${local.replace(/^[^A-Za-z0-9]+/, '')}@${trimmedEnd(domain, '.-')}`
    if (isAddress(address)) found.push(address)
  }
  budget.allowItems(found.length)
  return found
}

const LINK_END = /[\s<>"'`\\^{|}]/
const MOST_LINK = 2_048

/** @throws LimitError */
export function findLinks(text: string, budget: Budget): string[] {
  const found: string[] = []
  const start = /https?:\/\/(?=[^\s/])/gi
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const candidate = text.slice(match.index, match.index + MOST_LINK)
    budget.burnText(candidate.length * 4)
    const end = candidate.search(LINK_END)
    // Marks at the end belong to the sentence rather than to the address.
    const link = trimmedEnd(end < 0 ? candidate : candidate.slice(0, end), '.,;:!?)]')
    found.push(link)
    start.lastIndex = match.index + Math.max(link.length, match[0].length)
  }
  budget.allowItems(found.length)
  return found
}

function trimmedEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1] ?? '')) end -= 1
  return text.slice(0, end)
}
