import { hash } from 'node:crypto'

/** Tokens of links and sessions are 256 random bits, kept only as this hash. */
export const tokenHash = (token: string): string => hash('sha256', token)

/** Whether a text has the form of a token; nothing else needs looking up. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)
