/** Every setting there is, checked at start. The only file that reads the environment. */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import { type Keep, parseKeep } from './backup/keep.ts'
import type { DataPlace } from './db/place.ts'
import { mistakeInAddress } from './db/postgres/address.ts'
import { Failure } from './failure.ts'

const identityKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, 'must be 32 random bytes as 64 hexadecimal digits; `openssl rand -hex 32` makes one')
  .transform((hex) => Buffer.from(hex, 'hex'))

const databaseUrl = z.string().superRefine((text, { addIssue }) => {
  const message = mistakeInAddress(text)
  if (message !== null) addIssue({ code: 'custom', message })
})

const hour = 'must be a whole hour from 0 to 23'

const drain = 'must be a whole number of seconds from 0 to 300'

const port = 'must be a whole number from 0 to 65535'

/** Whether an address names a server and nothing on it; of what is no address, that is told already. */
function isOrigin(address: string): boolean {
  const url = URL.parse(address)
  return url === null || (/^\/+$/.test(url.pathname) && [url.search, url.hash, url.username, url.password].every((part) => part === ''))
}

/** An IP address, or a range of them (`10.0.0.0/8`). */
function isRange(range: string): boolean {
  const [address = '', bits, more] = range.split('/')
  const most = { 4: 32, 6: 128 }[isIP(address)]
  return most !== undefined && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}

/** Whether nobody on the way can read or change what a provider says. */
function isSafeIssuer(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** The weather, from the national institute: no advertisements, and nobody asks why one looks at it. */
export const usualQuickExit = 'https://www.knmi.nl/nederland-nu/weer'

const settingsSchema = z.object({
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: databaseUrl.optional(),
  IDENTITY_DATABASE_URL: databaseUrl.optional(),
  PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be the address that participants see, for example https://meting.example.org' })
    .refine(isOrigin, 'must end after the host: pages and links are at the top of it, for example https://meting.example.org')
    .transform((url) => new URL(url).origin)
    .optional(),
  IDENTITY_KEY: identityKey.optional(),
  IDENTITY_KEY_FILE: z.string().min(1).optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:587 or smtps://user:password@host:465' }).optional(),
  MAIL_FROM: z.email('must be one mail address, the sender of all mail').optional(),
  DEFINITIONS_DIR: z.string().min(1).optional(),
  QUICK_EXIT_URL: z
    .url({ protocol: /^https$/, error: 'must be an ordinary page of another site, for example https://www.knmi.nl/nederland-nu/weer' })
    .default(usualQuickExit),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((range) => range.trim())
        .filter(Boolean),
    )
    .refine((ranges) => ranges.every(isRange), 'must be IP addresses or ranges with commas between them, for example 127.0.0.1, 10.0.0.0/8')
    .optional(),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be the address of the identity provider, for example https://login.example.org' })
    .refine(isSafeIssuer, 'must begin with https:// (http only for a provider on this machine)')
    .optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET_FILE: z.string().min(1).optional(),
  OIDC_TRUST_SECOND_FACTOR: z
    .string()
    .transform((list) => list.split(/\s+/).filter(Boolean))
    .optional(),
  BACKUP_DIR: z.string().min(1).optional(),
  BACKUP_RECIPIENT: z
    .string()
    .regex(/^age1[02-9ac-hj-np-z]+$/, 'must be the public key that `nameting backup-key` printed: it begins with age1')
    .optional(),
  BACKUP_HOUR: z.coerce.number(hour).int(hour).min(0, hour).max(23, hour).default(2),
  BACKUP_KEEP: z
    .string()
    .refine((text) => parseKeep(text) !== undefined, 'must say of how many days, weeks and months a backup is kept, for example 7d 4w 3m')
    .default('7d 4w 3m'),
  BACKUP_KEY: z.string().min(1).optional(),
  BACKUP_KEY_FILE: z.string().min(1).optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/-]{24,}$/, 'must have at least 24 letters, digits or . _ ~ + / - ; `openssl rand -hex 24` makes one')
    .optional(),
  DRAIN_SECONDS: z.coerce.number(drain).int(drain).min(0, drain).max(300, drain).default(0),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

type Parsed = z.infer<typeof settingsSchema>
export type Settings = Omit<Parsed, 'IDENTITY_KEY_FILE' | 'OIDC_CLIENT_SECRET_FILE' | 'BACKUP_KEY_FILE'>
/** Settings without a default, which some commands cannot do without. */
export type Needed = 'BASE_URL' | 'IDENTITY_KEY' | 'SMTP_URL' | 'MAIL_FROM'

/** And the keys of backups. */
type NeededForBackups = 'BACKUP_RECIPIENT' | 'BACKUP_KEY'

/** Single sign-on takes all of these, or none. */
const oneOfAll = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

export const settingNames = Object.keys(settingsSchema.shape)

/**
 * The settings, with those in `needed` certainly there; `defaults` go before the usual ones.
 * Throws a Failure that names every setting that is missing or wrong, all at once.
 */
export function readSettings<N extends Needed | NeededForBackups>(
  needed: readonly N[],
  environment: NodeJS.ProcessEnv = process.env,
  defaults: Partial<Record<string, string>> = {},
): Settings & Required<Pick<Settings, N>> {
  const filled = Object.fromEntries(settingNames.map((name) => [name, environment[name] || defaults[name]]))
  filled.IDENTITY_KEY ??= fromFile('IDENTITY_KEY_FILE', filled)
  filled.OIDC_CLIENT_SECRET ??= fromFile('OIDC_CLIENT_SECRET_FILE', filled)
  filled.BACKUP_KEY ??= fromFile('BACKUP_KEY_FILE', filled)
  const parsed = settingsSchema.safeParse(filled)
  const wrong = [...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`), ...contradictionsIn(filled)]
  const together = oneOfAll.some((name) => filled[name] !== undefined) ? oneOfAll : []
  // Backups by night that nobody could open would be no backups.
  const nightly = filled.BACKUP_DIR === undefined ? [] : (['BACKUP_RECIPIENT'] as const)
  const missing = [...new Set([...needed, ...together, ...nightly])]
    .filter((name) => filled[name] === undefined)
    .map((name) => `${name} is not set`)
  if (!parsed.success || missing.length + wrong.length > 0)
    throw new Failure(`Settings (see .env.example): ${[...missing, ...wrong].join('; ')}.`)
  const { IDENTITY_KEY_FILE: _, OIDC_CLIENT_SECRET_FILE: __, BACKUP_KEY_FILE: ___, ...settings } = parsed.data
  return settings as Settings & Required<Pick<Settings, N>>
}

function contradictionsIn({ DATABASE_URL, IDENTITY_DATABASE_URL, BACKUP_DIR }: Record<string, string | undefined>): string[] {
  if (DATABASE_URL === undefined)
    return IDENTITY_DATABASE_URL === undefined ? [] : ['IDENTITY_DATABASE_URL goes with DATABASE_URL, which is not set']
  return BACKUP_DIR === undefined ? [] : ['BACKUP_DIR is for data folders: with DATABASE_URL make backups of PostgreSQL, see docs/scale.md']
}

/** Throws a Failure where the data are in PostgreSQL: for what is done with the files of SQLite. */
export function needDataFolder({ DATABASE_URL }: Partial<Settings>): void {
  if (DATABASE_URL !== undefined)
    throw new Failure('DATABASE_URL is set: backups of PostgreSQL are made and put back with its own programs, see docs/scale.md.')
}

function fromFile(name: string, { [name]: path }: Record<string, string | undefined>): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new Failure(`${name} ${path} cannot be read: ${(cause as Error).message}.`)
  }
}

/** DATABASE_URL as it was when the program started, unchecked: which kind of database this process speaks to. */
export const databaseSetting = (): string | undefined => process.env.DATABASE_URL || undefined

/** Where the data are that these settings name. The part with who people are may have an address, and so a login, of its own. */
export const placeOf = ({ DATA_DIR, DEFINITIONS_DIR, DATABASE_URL, IDENTITY_DATABASE_URL }: PlaceSettings): DataPlace => ({
  data: DATA_DIR,
  definitions: DEFINITIONS_DIR,
  ...(DATABASE_URL && { database: { study: DATABASE_URL, identity: IDENTITY_DATABASE_URL ?? DATABASE_URL } }),
})

export type PlaceSettings = Pick<Settings, 'DATA_DIR'> &
  Partial<Pick<Settings, 'DEFINITIONS_DIR' | 'DATABASE_URL' | 'IDENTITY_DATABASE_URL'>>

/** Where staff can sign in by way of their organisation; undefined where they cannot. */
export function providerOf(settings: Settings) {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return { issuer, clientId, clientSecret, secondFactors: settings.OIDC_TRUST_SECOND_FACTOR ?? [] }
}

/** Where backups are made by night, when, and how many are kept; undefined where none are. */
export function nightlyOf(
  settings: Settings & Required<Pick<Settings, 'IDENTITY_KEY'>>,
): { into: string; recipient: string; identityKey: Uint8Array; hour: number; keep: Keep } | undefined {
  const { BACKUP_DIR: into, BACKUP_RECIPIENT: recipient, IDENTITY_KEY: identityKey, BACKUP_HOUR: hour } = settings
  const keep = parseKeep(settings.BACKUP_KEEP)
  return into === undefined || recipient === undefined || keep === undefined ? undefined : { into, recipient, identityKey, hour, keep }
}
