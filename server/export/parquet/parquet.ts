/** `.parquet`: typed columns, some thousand rows at a time, with dates and moments as such. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Cell, ColumnHead } from '../column.ts'
import type { OutputFile } from '../folder.ts'
import type { FileHead, Format } from '../format.ts'
import { type Field, fieldsOf } from './field.ts'
import { HeldValues } from './held-values.ts'

/**
 * A group of rows is written when it has so many cells, or so many characters of text: that is what memory holds of a table. What the
 * footer says of each column in each group is kept until the end, so smaller groups would take more.
 */
const cellsAtOnce = 500_000
const charactersAtOnce = 2_000_000

export const parquet: Format = {
  extension: 'parquet',
  async open(file, head) {
    const groups = new RowGroups(file, head)
    return {
      async write(rows) {
        for (const row of rows) await groups.add(row)
      },
      finish: () => groups.finish(),
    }
  },
}

class RowGroups {
  readonly #file: OutputFile
  readonly #bytes = new ByteWriter()
  readonly #writer: ParquetWriter
  /** Each with the place of its cell in a row. */
  readonly #fields: { field: Field; index: number; held: HeldValues }[]
  #characters = 0
  readonly #known = new Map<string, string[]>()

  constructor(file: OutputFile, { columns, study, name, about, warning }: FileHead) {
    this.#file = file
    this.#fields = columns.flatMap((column, index) => fieldsOf(column).map((field) => ({ field, index, held: new HeldValues(field) })))
    const facts = { study, table: name, about, ...(warning !== null && { warning }) }
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [{ name: 'root', num_children: this.#fields.length }, ...this.#fields.map(({ field }) => field.element)],
      // Of every column in every group, and all of them are kept until the end: too much for what it helps in files of this size.
      statistics: false,
      kvMetadata: Object.entries(facts).map(([key, value]) => ({ key: `nameting.${key}`, value })),
    })
  }

  async add(row: Cell[]): Promise<void> {
    for (const { field, index, held } of this.#fields) {
      const value = field.value(row[index] ?? null)
      held.add(value)
      if (typeof value === 'string') this.#characters += value.length
    }
    if (this.#rows * this.#fields.length >= cellsAtOnce || this.#characters >= charactersAtOnce) await this.#write()
  }

  get #rows(): number {
    return this.#fields[0]?.held.length ?? 0
  }

  async finish(): Promise<ColumnHead[]> {
    await this.#write()
    await this.#writer.finish()
    await this.#handOn()
    return this.#fields.map(({ field }) => field.head)
  }

  async #write(): Promise<void> {
    if (this.#rows === 0) return
    this.#characters = 0
    // The writer asks for one column after the other.
    const columnData = this.#fields.map(({ field, held }) => ({
      name: field.element.name,
      offsetIndex: false,
      get data() {
        return held.values()
      },
    }))
    await this.#writer.write({ columnData, rowGroupSize: this.#rows })
    for (const { held } of this.#fields) held.clear()
    // For indexes of pages, which there are none of.
    this.#writer.pendingIndexes = []
    this.#share(this.#writer.row_groups.at(-1)?.columns ?? [])
    await this.#handOn()
  }

  /** What is kept of each column in each group until the end has parts that are the same in all. */
  #share(chunks: ParquetWriter['row_groups'][number]['columns']): void {
    for (const { meta_data } of chunks) {
      if (!meta_data) continue
      const { encodings, path_in_schema } = meta_data
      const [path, encoded] = [path_in_schema.join('.'), encodings.join(' ')]
      const known = this.#known
      if (!known.has(path)) known.set(path, path_in_schema)
      if (!known.has(encoded)) known.set(encoded, encodings)
      meta_data.path_in_schema = known.get(path) as string[]
      meta_data.encodings = known.get(encoded) as typeof encodings
    }
  }

  async #handOn(): Promise<void> {
    const bytes = this.#bytes.getBytes().slice()
    // What is handed on does not wait in memory; `offset` goes on counting.
    this.#bytes.index = 0
    await this.#file.write(bytes)
  }
}
