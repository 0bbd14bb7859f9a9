/**
 * How a table is put on paper: with columns that are as wide as what is in them, and in several panels under each other where it is too wide
 * for a page. Pure.
 */
import type { ShownRow, ShownTable } from './shown.ts'

/** Points: of a letter of 9 points on average, of one in a head, and what is around the text of a cell. */
const letter = 4.3
const boldLetter = 5
const around = 9
/** A page that stands or lies, between its margins. */
const standing = 493
const lying = 740
/** Titles of rows go over more lines rather than wider than this; heads of columns, too. */
const title = { least: 90, most: 230 }
const mostOfHead = 95
/** Rows of a panel: with its heads it is on one page. */
const mostRows = 28

export interface Panel {
  head: ShownTable['head']
  /** In points; the titles of rows first. */
  columns: number[]
  rows: ShownRow[]
}

export interface OnPaper {
  panels: Panel[]
  /** Whether it takes a page on its side: so wide, and nothing by which it could be cut. */
  lies: boolean
}

export function onPaper({ head, rows }: Pick<ShownTable, 'head' | 'rows'>): OnPaper {
  const widths = leastWidths(head, rows)
  const groups = head.length > 1 ? groupsOf(head[0] ?? []) : [{ from: 0, to: widths.length }]
  const room = standing - titleWidth(rows, title.least)
  const widest = Math.max(...groups.map(({ from, to }) => sum(widths.slice(from, to))))
  const lies = widest > room
  const parts = lies ? [groups] : packed(groups, widths, room)
  const panels = parts.flatMap((part): Panel[] => {
    const [from, to] = [part[0]?.from ?? 0, part.at(-1)?.to ?? widths.length]
    const cut = rows.map((row): ShownRow => ('cells' in row ? { ...row, cells: row.cells.slice(from, to) } : row))
    const first = groups.findIndex((group) => group.from === from)
    const heads = head.length > 1 ? [(head[0] ?? []).slice(first, first + part.length), (head[1] ?? []).slice(from, to)] : head
    const columns = spaced(widths.slice(from, to), heads.at(-1) ?? [], rows, lies ? lying : standing)
    return onPages(cut).map((those) => ({ head: heads, columns, rows: those }))
  })
  return { panels, lies }
}

/** A table that is longer than most of a page goes on in another panel, under its heads, and never within the rows of one heading. */
function onPages(rows: readonly ShownRow[]): ShownRow[][] {
  if (rows.length <= mostRows) return [[...rows]]
  const pages: ShownRow[][] = []
  for (const block of blocksOf(rows)) {
    const last = pages.at(-1)
    if (last && last.length + block.length <= mostRows) last.push(...block)
    else pages.push([...block])
  }
  return pages
}

/** A heading with its rows; what stands under none, row by row. */
function blocksOf(rows: readonly ShownRow[]): ShownRow[][] {
  const blocks: ShownRow[][] = []
  let isCovered = false
  for (const row of rows) {
    const last = blocks.at(-1)
    if (!('heading' in row) && isCovered && last) last.push(row)
    else blocks.push([row])
    if ('heading' in row) isCovered = true
  }
  return blocks
}

interface Group {
  from: number
  to: number
}

/** Columns that stand under one head. */
function groupsOf(heads: ShownTable['head'][number]): Group[] {
  let at = 0
  return heads.map(({ span }) => {
    at += span
    return { from: at - span, to: at }
  })
}

/** As many groups beside each other as there is room for; the same number in each panel, but for the last. */
function packed(groups: readonly Group[], widths: readonly number[], room: number): Group[][] {
  for (let each = groups.length; each > 1; each--) {
    const parts = Array.from({ length: Math.ceil(groups.length / each) }, (_, at) => groups.slice(at * each, at * each + each))
    if (parts.every((part) => sum(widths.slice(part[0]?.from, part.at(-1)?.to)) <= room)) return parts
  }
  return groups.map((group) => [group])
}

/** So wide that no word and no number is broken. */
function leastWidths(head: ShownTable['head'], rows: readonly ShownRow[]): number[] {
  const widths = (head.at(-1) ?? []).map(({ text }, at) => {
    const cells = rows.map((row) => ('cells' in row ? (row.cells[at]?.text?.length ?? 1) : 0))
    return Math.max(longestWord(text) * boldLetter, Math.max(...cells) * letter) + around
  })
  if (head.length > 1)
    for (const [at, { from, to }] of groupsOf(head[0] ?? []).entries()) {
      const lacking = longestWord(head[0]?.[at]?.text ?? '') * boldLetter + around - sum(widths.slice(from, to))
      for (let column = from; lacking > 0 && column < to; column++) widths[column] = (widths[column] as number) + lacking / (to - from)
    }
  return widths
}

const titleWidth = (rows: readonly ShownRow[], most: number): number =>
  Math.min(most, Math.max(0, ...rows.map((row) => ('cells' in row ? row.title.length : 0))) * letter + around)

/** With what is left over: first for the titles of rows, then for heads that would go over several lines. */
function spaced(least: readonly number[], heads: ShownTable['head'][number], rows: readonly ShownRow[], page: number): number[] {
  // A heading goes over all columns: it is not broken either where there is room.
  const headings = Math.max(0, ...rows.map((row) => ('heading' in row ? row.heading.length : 0))) * boldLetter + around - sum(least)
  const wanted = Math.max(titleWidth(rows, title.most), Math.min(title.most, headings))
  const first = Math.max(titleWidth(rows, title.least), Math.min(wanted, page - sum(least)))
  const left = page - first - sum(least)
  const more = least.map((width, at) =>
    Math.max(0, Math.min(mostOfHead, ((heads[at]?.text.length ?? 0) + 1) * boldLetter + around) - width),
  )
  const share = sum(more) === 0 ? 0 : Math.min(1, Math.max(0, left) / sum(more))
  const made = [first, ...least.map((width, at) => width + (more[at] ?? 0) * share)]
  // Wider than a page that lies: all a little narrower, and words are broken.
  return made.map((width) => Math.floor(width * Math.min(1, page / sum(made))))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
const longestWord = (text: string): number => Math.max(...text.split(/[\s-]+/).map(({ length }) => length))
