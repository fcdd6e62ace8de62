import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { parse } from 'tldts'

/** What a tenant has typed, as the name of a host, or why it cannot be one of theirs. */
export type ParsedName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: string; readonly fix: string }

/** DNS lets names be no longer, and the challenge's record stands below them. */
const MAX_NAME = 200
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
/** Names that belong to no one on the internet. */
const PRIVATE_ENDINGS = ['localhost', 'local', 'internal', 'home.arpa', 'invalid', 'onion']

/**
 * The host's name in lower case and Punycode, without the dot at its end.
 *
 * @param operatorHosts names that are the operator's, with all below them
 */
export function parseDomainName(text: string, operatorHosts: readonly string[]): ParsedName {
  const typed = text.trim()
  if (/[/:@?#\s\\%]/.test(typed)) return refused('It is more than a name.', 'Write the name alone, without https://.')
  const name = domainToASCII(typed.normalize('NFKC')).toLowerCase().replace(/\.$/, '')
  if (isAddress(name)) return refused('It is an IP address.', 'Domains have names.')
  const labels = name.split('.')
  if (name === '' || name.length > MAX_NAME || !labels.every((label) => LABEL.test(label))) {
    return refused('It is no valid name of a host.', 'Write it as automations.example.com.')
  }
  if (labels.length < 2 || PRIVATE_ENDINGS.some((ending) => isBelow(name, ending))) {
    return refused('It is no name of the public internet.', 'Write a name below a domain that you have registered.')
  }
  if (parse(name, { allowPrivateDomains: true }).domain === null) {
    return refused(
      `Others register their names below ${name}.`,
      `Write one of yours, such as automations.acme.${name}.`,
    )
  }
  if (operatorHosts.some((host) => isBelow(name, host))) {
    return refused('It belongs to this deployment.', 'Write a name below a domain of your own.')
  }
  return { ok: true, name }
}

/** Whether only the operator's own network can know a host by this name: it is no tenant's. */
export function isPrivateHost(name: string): boolean {
  return isAddress(name) || !name.includes('.') || PRIVATE_ENDINGS.some((ending) => isBelow(name, ending))
}

function isBelow(name: string, ending: string): boolean {
  return name === ending || name.endsWith(`.${ending}`)
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0
}

function refused(reason: string, fix: string): ParsedName {
  return { ok: false, reason, fix }
}
