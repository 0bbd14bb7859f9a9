/** Where a request comes from. What it says of that itself counts only when it comes through a proxy of ours. */
import { BlockList, isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context as Request } from 'hono'

export type AddressOf = (request: Request) => string

/** `trusted`: addresses of proxies, or ranges of them as `10.0.0.0/8`. Each of these adds the one it heard from to X-Forwarded-For. */
export function addressReader(trusted: readonly string[]): AddressOf {
  const proxies = new BlockList()
  for (const range of trusted) {
    const [address = '', bits] = range.split('/')
    proxies.addSubnet(address, Number(bits ?? (isIP(address) === 6 ? 128 : 32)), familyOf(address))
  }
  const isTrusted = (address: string) => isIP(address) !== 0 && proxies.check(address, familyOf(address))
  return (request) => {
    const heard = (request.req.header('X-Forwarded-For') ?? '').split(',').map((part) => plain(part.trim()))
    // From the nearest one back, as long as each is ours.
    const chain = [...heard.filter((part) => isIP(part) !== 0), peerOf(request)]
    return network(chain.findLast((address) => !isTrusted(address)) ?? chain[0] ?? '')
  }
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Of a request that came over no network (a test's) nothing. */
function peerOf(request: Request): string {
  try {
    return plain(getConnInfo(request).remote.address ?? '')
  } catch {
    return ''
  }
}

/** IPv4 as it reaches a server that listens for IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

/** Of IPv6 a home has a whole network (/64): guesses from all of it are those of one. */
function network(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const [before, behind] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]]
  const gap = address.includes('::') ? Array.from({ length: Math.max(0, 8 - before.length - behind.length) }, () => '0') : []
  const groups = [...before, ...gap, ...behind].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${groups.join(':')}::/64`
}
