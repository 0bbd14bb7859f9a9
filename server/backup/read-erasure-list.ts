/** Reads a list of erasures, and says where it cannot be read: a disk may lose a block, and what stood there must not be forgotten quietly. */
import { readFile } from 'node:fs/promises'
import { safeParse } from '../../instruments/safe-parse.ts'
import { Failure } from '../failure.ts'
import { type ErasureLine, lineSchema, ofNoStudy } from './erasure-list.ts'

/** A place that cannot be read. */
export interface Unread {
  /** The first line of it, from 1. */
  line: number
  bytes: number
  /** The lines on either side that can be read. */
  before: ErasureLine | undefined
  behind: ErasureLine | undefined
  /** Whether whose lines stood there wrote them again further on. */
  isMadeGood: boolean
}

export interface ErasureList {
  /** In order. */
  lines: ErasureLine[]
  unread: Unread[]
}

type Piece = { read: ErasureLine } | { line: number; bytes: number }

/** Throws a Failure for a file that cannot be read at all. */
export async function readErasureList(path: string): Promise<ErasureList> {
  const pieces = piecesOf(await textOf(path))
  const lines = pieces.flatMap((piece) => ('read' in piece ? [piece.read] : []))
  const unread = pieces.flatMap((piece, at) => {
    if ('read' in piece) return []
    const [before, behind] = [pieces[at - 1], pieces[at + 1]].map((beside) => (beside && 'read' in beside ? beside.read : undefined))
    const again = pieces.slice(at).flatMap((next) => ('read' in next && next.read.what === 'written again' ? [next.read.list] : []))
    return [{ ...piece, before, behind, isMadeGood: again.some((list) => isOfList({ before, behind }, list)) }]
  })
  return { lines, unread }
}

/**
 * Whether only lines of this list can have stood there, so that whoever keeps it can write them again. A list that goes on in a folder that
 * was put back has others before it.
 */
export function isOfList({ before, behind }: Pick<Unread, 'before' | 'behind'>, list: string): boolean {
  if (before === undefined && !list.startsWith('first ')) return false
  return [before, behind].every((line) => line === undefined || line.list === list || line.list === ofNoStudy)
}

/** In words: where, and how much. */
export const whereUnread = (places: readonly Unread[]): string =>
  places.map(({ line, bytes }) => `${bytes} bytes from line ${line} on`).join(', ')

/** A byte each, whatever it is: what is damaged need not be UTF-8. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1')
  } catch (cause) {
    throw new Failure(`The list of erasures ${path} cannot be read: ${(cause as Error).message}.`)
  }
}

function piecesOf(text: string): Piece[] {
  const written = text.split('\n')
  const pieces: Piece[] = []
  for (const [at, line] of written.entries()) {
    if (line === '') continue
    const read = safeParse(lineSchema, fromJson(Buffer.from(line, 'latin1').toString()))
    const last = pieces.at(-1)
    const bytes = line.length + (at + 1 < written.length ? 1 : 0)
    if (read.success) pieces.push({ read: read.data })
    else if (isUntold(line, written[at + 1])) continue
    else if (last && 'bytes' in last) last.bytes += bytes
    else pieces.push({ line: at + 1, bytes })
  }
  return pieces
}

/**
 * What was cut off while it was written: nobody was told that it is there. The last line, without its end; in lists of an earlier version,
 * which wrote on behind it, a piece of the next, or the mark of a backup that did not come to be.
 */
function isUntold(line: string, next: string | undefined): boolean {
  if (line.includes(neverWritten) || !line.startsWith('{') || line.lastIndexOf('{"list"') > 0) return false
  return next === undefined || next.startsWith(line) || (line.includes('"what":"backup made"') && !line.endsWith('}'))
}

/** What a disk shows where it has nothing: a block that it lost, or that the power kept from it. */
const neverWritten = '\0'

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
