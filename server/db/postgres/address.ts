/** Addresses of PostgreSQL, `postgres://user:password@host:5432/database`, as the settings and `nameting move` take them. */

/** With `zod` and in messages: never with what was given, which may hold a password. */
const howToWrite =
  'must be postgres://user:password@host:5432/database; in the user and password a # / ? @ : % is written as %23 %2F %3F %40 %3A %25'

/** Ways to speak that nobody on the way can read, and no way to speak like that. */
const sslModes = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full']

/** What is wrong with an address, in words that do not repeat it; null where nothing is. */
export function mistakeInAddress(text: string): string | null {
  const url = URL.parse(text)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hash !== '' || url.pathname.includes('@') || url.search.includes('@'))
    return howToWrite
  if (![text, url.username, url.password].every(isDecodable)) return howToWrite
  const mode = url.searchParams.get('sslmode')
  if (mode !== null && !sslModes.includes(mode)) return `has an sslmode that is none of ${sslModes.join(', ')}`
  if (isInTheClear(url))
    return 'names another machine without TLS, so that all that goes to the database could be read on the way: add ?sslmode=verify-full (and &sslrootcert= with the file of an authority of your own), or ?sslmode=disable where nobody else is on that network'
  return null
}

/** Where it is, for messages: neither who logs in nor by what. */
export function namedAddress(text: string): string {
  const url = new URL(text)
  const [host, port] = [url.searchParams.get('host') ?? decodeURIComponent(url.hostname), url.searchParams.get('port') ?? url.port]
  const where = host.startsWith('/') ? `[${host}]` : host
  return `postgres://${where}${port === '' ? '' : `:${port}`}${url.pathname}`
}

/** As the driver takes it: it does the same for the lesser modes, and warns each time that it will not for ever. */
export function drivenAddress(text: string): string {
  const url = new URL(text)
  const mode = url.searchParams.get('sslmode') ?? ''
  if (!['prefer', 'require', 'verify-ca'].includes(mode) || url.searchParams.has('uselibpqcompat')) return text
  url.searchParams.set('sslmode', 'verify-full')
  return url.href
}

function isInTheClear({ hostname, searchParams }: URL): boolean {
  const host = searchParams.get('host') ?? decodeURIComponent(hostname)
  if (host === '' || host.startsWith('/') || isThisMachine(host)) return false
  if (searchParams.has('sslmode')) return false
  const saysSo = ['1', 'true'].includes(searchParams.get('ssl') ?? '') || searchParams.get('sslnegotiation') === 'direct'
  return !saysSo && !['sslcert', 'sslkey', 'sslrootcert'].some((name) => searchParams.get(name))
}

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || /^(\[::1\]|::1)$/.test(host) || /^127(\.\d+){3}$/.test(host)

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
