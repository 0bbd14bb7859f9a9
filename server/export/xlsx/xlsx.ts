/**
 * `.xlsx`, a workbook: the rows (`data`), what values mean (`labels`) and the codebook. Written as it comes, in bounded memory.
 *
 * Nothing is cut: rows that do not fit on a sheet go on on the next, a text that does not fit in a cell stands on a sheet of its own,
 * and a table with more columns than a sheet can have is refused.
 */
import { Failure } from '../../failure.ts'
import { codebookNames, codebookRow } from '../codebook.ts'
import type { Cell, ColumnHead } from '../column.ts'
import type { FileHead, Format, Language } from '../format.ts'
import { LongTexts, longTextsColumns, longTextsSheet } from './long-texts.ts'
import { contentTypes, properties, relationships, sheetPart, workbook, workbookRelationships } from './parts.ts'
import { mostColumns, mostRows, Sheet, type SheetColumn } from './sheet.ts'
import { stylesXml } from './styles.ts'
import { Zip } from './zip.ts'

/** `rowsOnASheet`: with the header; more go on on the next sheet. */
export const workbooks = (rowsOnASheet: number): Format => ({
  extension: 'xlsx',
  async open(file, head) {
    assertFits(head)
    const zip = new Zip(file)
    await part(zip, '[Content_Types].xml', contentTypes)
    await part(zip, '_rels/.rels', relationships)
    await part(zip, 'docProps/core.xml', properties(`${head.study}: ${head.name}`, [head.about, head.warning].filter(Boolean).join('. ')))
    await part(zip, 'xl/styles.xml', stylesXml)
    const book = new Book(zip, new LongTexts(file), rowsOnASheet)
    await book.begin('data', head.columns)
    return {
      async write(rows) {
        for (const row of rows) await book.add(row)
      },
      async finish() {
        await book.begin('labels', labelColumns)
        for (const row of head.columns.flatMap((column) => labelRows(column, head.language))) await book.add(row)
        await book.begin('codebook', codebookNames().map(plain))
        for (const entry of head.codebook) await book.add(codebookRow(entry))
        await book.end()
      },
    }
  },
})

export const xlsx = workbooks(mostRows)

function assertFits({ name, columns }: FileHead): void {
  if (columns.length > mostColumns)
    throw new Failure(
      `${name} has ${columns.length} columns, and a sheet of Excel can have ${mostColumns}. Leave --format xlsx out, or take --layout long, which has a file per instrument.`,
    )
}

async function part(zip: Zip, name: string, content: string): Promise<void> {
  zip.begin(name)
  await zip.write(content)
}

/** Sheets, one after the other. */
class Book {
  readonly #zip: Zip
  readonly #long: LongTexts
  readonly #rowsOnASheet: number
  readonly #names: string[] = []
  #called = ''
  #columns: SheetColumn[] = []
  #sheet: Sheet | undefined

  constructor(zip: Zip, long: LongTexts, rowsOnASheet: number) {
    this.#zip = zip
    this.#long = long
    this.#rowsOnASheet = rowsOnASheet
  }

  async begin(called: string, columns: SheetColumn[]): Promise<void> {
    this.#called = called
    this.#columns = columns
    await this.#next(called)
  }

  async add(row: Cell[]): Promise<void> {
    if ((this.#sheet?.next ?? 0) > this.#rowsOnASheet) await this.#next(`${this.#called}_${this.#names.filter(this.#isPart).length + 1}`)
    const sheet = this.#sheet as Sheet
    await sheet.add(await this.#long.without(row, this.#names.at(-1) ?? '', sheet.next, this.#columns))
  }

  async end(): Promise<void> {
    if (!this.#long.isEmpty) {
      await this.begin(longTextsSheet, longTextsColumns)
      for await (const row of this.#long.rows()) await this.add(row)
    }
    await this.#sheet?.end()
    await part(this.#zip, 'xl/workbook.xml', workbook(this.#names))
    await part(this.#zip, 'xl/_rels/workbook.xml.rels', workbookRelationships(this.#names))
    await this.#zip.finish()
  }

  async #next(name: string): Promise<void> {
    await this.#sheet?.end()
    this.#zip.begin(sheetPart(this.#names.length))
    this.#names.push(name)
    this.#sheet = new Sheet(this.#zip, this.#columns)
  }

  /** Whether a sheet has rows of the same table as the one that is under way. */
  readonly #isPart = (name: string): boolean => name === this.#called || name.startsWith(`${this.#called}_`)
}

const plain = (name: string): SheetColumn => ({ name, type: 'text' })

const labelColumns = ['variable', 'label', 'value', 'value_label'].map(plain)

/** A row per value and missing code, or one for a variable that has none. */
function labelRows({ name, label, values, missing }: ColumnHead, language: Language): Cell[][] {
  const all = [...values, ...missing.map(({ code, label }) => ({ value: code, label }))]
  const meanings = all.length > 0 ? all.map(({ value, label }) => [value, label[language]]) : [[null, null]]
  return meanings.map((meaning) => [name, label[language], ...meaning])
}
