/** A checksum of a table that does not hang on the order of its rows. */
import { hash } from 'node:crypto'
import type { Row } from './side.ts'

export interface Checksum {
  rows: number
  sum: bigint
}

const modulus = 2n ** 256n

export const nothing: Checksum = { rows: 0, sum: 0n }

/** Adds rows: the sum of their sha256, as numbers of 256 bits. */
export function addRows({ rows, sum }: Checksum, more: readonly Row[]): Checksum {
  let total = sum
  for (const row of more) total = (total + BigInt(`0x${hash('sha256', canonical(row))}`)) % modulus
  return { rows: rows + more.length, sum: total }
}

export const asText = ({ sum }: Checksum): string => sum.toString(16).padStart(64, '0')

const canonical = (row: Row): string =>
  JSON.stringify(row.map((value) => (value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('hex') } : value)))
