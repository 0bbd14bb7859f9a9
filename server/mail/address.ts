/** One mail address, and nothing else: no name, no list, no quoting, nothing that could become a second recipient. */
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

/** What can be wrong with an address, as a code by which pages find their own words. */
export const addressFaults = [
  'address line',
  'address empty',
  'address several',
  'address bare',
  'address half',
  'address accent',
  'address sign',
  'address name long',
  'address domain',
  'address long',
] as const
export type AddressFault = (typeof addressFaults)[number]

export type ParsedAddress = { address: string } | { reason: string; fault: AddressFault }

/** Lengths in octets (RFC 5321, 4.5.3.1; a path of 256 with its brackets). */
const longest = { local: 64, address: 254, label: 63 }

/** Dot-atom of RFC 5322, 3.2.3: words of letters, digits and these signs, joined by single points. */
const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
/** What may stand in a domain as people write it. Everything else is refused before it reaches a URL parser, which decodes and maps. */
const writtenDomain = /^[\p{L}\p{M}\p{N}.-]+$/u
const hostLabel = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/

/**
 * Takes exactly one addr-spec (`local@domain`), spaces around it left out. The domain comes back in lower case, and a
 * domain with other letters than a-z as punycode; the part before the @ stays as it was written.
 * `reason` says in one line what is wrong and what to do, in English; `fault` is its code.
 */
export function parseAddress(text: string): ParsedAddress {
  if (/\p{Cc}/u.test(text))
    return wrong('address line', 'the address has a line break, tab or other control character in it: write it on one line')
  const written = text.trim()
  if (written === '') return wrong('address empty', 'the address is empty')
  if (/[,;]/.test(written) || written.split('@').length > 2)
    return wrong('address several', 'there is more than one address: write exactly one')
  if (/[<>"()[\]\\:\s]/.test(written))
    return wrong('address bare', 'write the bare address, for example name@example.org, without a name, quotes, brackets or spaces')
  const at = written.indexOf('@')
  if (at < 1 || at === written.length - 1)
    return wrong('address half', 'an address has a part before and after an @, for example name@example.org')
  return checkParts(written.slice(0, at), written.slice(at + 1))
}

const wrong = (fault: AddressFault, reason: string): ParsedAddress => ({ fault, reason })

function checkParts(local: string, domain: string): ParsedAddress {
  // Mailboxes with accents need SMTPUTF8 all the way to the recipient; nearly no mail server promises that.
  if (/[^\p{ASCII}]/u.test(local))
    return wrong('address accent', 'the part before the @ has a letter with an accent or from another alphabet')
  if (!localPart.test(local))
    return wrong('address sign', 'the part before the @ has a point too many, or a sign that does not belong there')
  if (local.length > longest.local) return wrong('address name long', `the part before the @ is longer than ${longest.local} characters`)
  const ascii = writtenDomain.test(domain) ? domainToASCII(domain) : ''
  if (!isMailDomain(ascii)) return wrong('address domain', 'the part after the @ is not the name of a domain, for example example.org')
  const address = `${local}@${ascii}`
  if (address.length > longest.address) return wrong('address long', `the address is longer than ${longest.address} characters`)
  return { address }
}

function isMailDomain(domain: string): boolean {
  const labels = domain.split('.')
  return labels.length > 1 && !isIP(domain) && labels.every((label) => label.length <= longest.label && hostLabel.test(label))
}
