/** Texts that are longer than a cell can be: they wait in a scratch file until the sheets that are under way are done. */
import type { FileHandle } from 'node:fs/promises'
import type { Cell } from '../column.ts'
import type { OutputFile } from '../folder.ts'
import type { SheetColumn } from './sheet.ts'
import { longestText } from './text.ts'

export const longTextsSheet = 'long_texts'

export const longTextsColumns: SheetColumn[] = [
  { name: 'sheet', type: 'text' },
  { name: 'row', type: 'integer' },
  { name: 'variable', type: 'text' },
  { name: 'part', type: 'integer' },
  { name: 'text', type: 'text' },
]

export class LongTexts {
  readonly #file: OutputFile
  #scratch: FileHandle | undefined
  #waiting = ''
  #rows = 0

  constructor(file: OutputFile) {
    this.#file = file
  }

  get isEmpty(): boolean {
    return this.#rows === 0
  }

  /** The row with a note in the place of each text that does not fit. */
  async without(row: Cell[], sheet: string, number: number, columns: SheetColumn[]): Promise<Cell[]> {
    if (!row.some(isLong)) return row
    const shortened = row.map((cell, index) => (isLong(cell) ? this.#keep(cell, sheet, number, columns[index]?.name ?? '') : cell))
    this.#scratch ??= await this.#file.scratch()
    await this.#scratch.appendFile(this.#waiting)
    this.#waiting = ''
    return shortened
  }

  /** A row for each part of each text, in the order in which they were kept. */
  async *rows(): AsyncGenerator<Cell[]> {
    const lines = this.#scratch?.readLines({ start: 0, autoClose: false }) ?? []
    for await (const line of lines) yield JSON.parse(line) as Cell[]
  }

  #keep(text: string, sheet: string, number: number, variable: string): string {
    const first = this.#rows + 2
    for (let start = 0, part = 1; start < text.length; part += 1) {
      const end = start + lengthOfPart(text, start)
      this.#waiting += `${oneLine([sheet, number, variable, part, text.slice(start, end)])}\n`
      this.#rows += 1
      start = end
    }
    return `[${text.length} characters: see sheet ${longTextsSheet}, from row ${first}]`
  }
}

/** As JSON, without what a reader of lines takes for the end of one. */
const oneLine = (row: Cell[]): string => JSON.stringify(row).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

const isLong = (cell: Cell): cell is string => typeof cell === 'string' && cell.length > longestText

/** As long as a cell can be; one less where that would cut a character in two. */
function lengthOfPart(text: string, start: number): number {
  const code = text.charCodeAt(start + longestText - 1)
  return code >= 0xd800 && code <= 0xdbff && start + longestText < text.length ? longestText - 1 : longestText
}
