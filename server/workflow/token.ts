import { hash, randomBytes } from 'node:crypto'

/** What opens a link or a session: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** All that is kept of a token. */
export const tokenHash = (token: string): string => hash('sha256', token)

/** Whether a text has the form of a token; nothing else needs looking up. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)
