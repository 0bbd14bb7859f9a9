/** One sheet of a workbook, written row by row. */
import type { Cell, ColumnType } from '../column.ts'
import { cellXml, columnLetters, textXml } from './cell.ts'
import { styles } from './styles.ts'
import type { Zip } from './zip.ts'

export interface SheetColumn {
  name: string
  type: ColumnType
}

/** What Excel can have. */
export const mostColumns = 16_384
export const mostRows = 1_048_576

/** So many characters of XML are handed on at a time. */
const charactersAtOnce = 65_536

/** In characters; of what is not here as wide as any. */
const widths: Partial<Record<ColumnType, number>> = { date: 11, moment: 20 }

const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
const foot = '</sheetData></worksheet>\n'

/** Its part of the zip file was begun, and is written to until the end. */
export class Sheet {
  readonly #zip: Zip
  readonly #types: ColumnType[]
  readonly #letters: string[]
  #text: string
  #rows = 1

  /** `columns`: one for each cell of a row. The first row has their names, and stays where it is when one scrolls. */
  constructor(zip: Zip, columns: SheetColumn[]) {
    this.#zip = zip
    this.#types = columns.map(({ type }) => type)
    this.#letters = columns.map((_, index) => columnLetters(index))
    const names = columns.map(({ name }, index) => textXml(`${this.#letters[index]}1`, name, styles.header))
    this.#text = `${head}${columnsXml(this.#types)}<sheetData><row r="1">${names.join('')}</row>`
  }

  /** The number of the row that is added next. */
  get next(): number {
    return this.#rows + 1
  }

  /** Adds a row. */
  async add(row: Cell[]): Promise<void> {
    this.#rows += 1
    const number = this.#rows
    let text = `<row r="${number}">`
    for (const [index, letters] of this.#letters.entries())
      text += cellXml(`${letters}${number}`, row[index] ?? null, this.#types[index] ?? 'text')
    this.#text += `${text}</row>`
    if (this.#text.length >= charactersAtOnce) await this.#handOn()
  }

  async end(): Promise<void> {
    this.#text += foot
    await this.#handOn()
  }

  async #handOn(): Promise<void> {
    const text = this.#text
    this.#text = ''
    await this.#zip.write(text)
  }
}

function columnsXml(types: ColumnType[]): string {
  const columns = types.flatMap((type, index) =>
    widths[type] === undefined ? [] : [`<col min="${index + 1}" max="${index + 1}" width="${widths[type]}" customWidth="1"/>`],
  )
  return columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''
}
