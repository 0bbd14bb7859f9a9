/** The files of an export while they are written: every table in every format, and a bundle per instrument where FHIR is asked for. */
import { Failure } from '../failure.ts'
import type { ExportCase } from '../queries/export-rows.ts'
import { type CodebookEntry, codebookEntries } from './codebook.ts'
import type { Table } from './column.ts'
import type { ExportRequest } from './export-study.ts'
import { type BundleWriter, bundleName, openBundle } from './fhir/bundle.ts'
import type { Folder } from './folder.ts'
import { type Format, formats, isTableFormat, type RowWriter } from './format.ts'
import { tablesOf } from './layouts.ts'
import type { ExportPlan } from './plan.ts'
import type { PriceUse } from './price-use.ts'
import type { Sharing } from './shared/sharing.ts'
import { standInsIn, standInWarning } from './stand-ins.ts'

/** A file with a table in it. */
export interface TableFile {
  table: Table
  file: string
  /** Of the columns as they are in the file, once it is finished. */
  codebook: CodebookEntry[]
  rows: number
}

/** A file that is no table. `rows`: how many responses are in it. */
export interface BundleFile {
  file: string
  about: string
  rows: number
}

export class Outputs {
  readonly tables: TableFile[] = []
  /** Each table once, in whatever formats it is written. */
  readonly contents: Table[] = []
  readonly bundles: BundleFile[] = []
  readonly #tableWriters = new Map<TableFile, RowWriter>()
  readonly #bundleWriters = new Map<BundleFile, BundleWriter>()
  readonly #prices: PriceUse[]

  private constructor(prices: PriceUse[]) {
    this.#prices = prices
  }

  /** Throws a Failure for a table with two columns of one name, and for one that does not fit in a format. */
  static async open(folder: Folder, plan: ExportPlan, request: ExportRequest, shared?: Sharing): Promise<Outputs> {
    const outputs = new Outputs(plan.prices)
    for (const table of tablesOf(plan, request.layouts)) await outputs.#addTable(folder, plan, request, shared?.table(table) ?? table)
    if (request.formats.includes('fhir'))
      for (const planned of plan.instruments) {
        const bundle = { file: bundleName(planned), about: `the responses to ${planned.latest.title.en}, in FHIR R4`, rows: 0 }
        outputs.bundles.push(bundle)
        outputs.#bundleWriters.set(bundle, await openBundle(await folder.create(bundle.file), plan, planned, shared))
      }
    return outputs
  }

  async #addTable(folder: Folder, plan: ExportPlan, { formats: chosen, language = 'nl', now }: ExportRequest, table: Table): Promise<void> {
    assertDistinct(table)
    this.contents.push(table)
    const standIns = standInsIn(plan)
    const about = { language, now, study: plan.study.title, warning: standIns.length > 0 ? standInWarning(standIns) : null }
    for (const name of chosen.filter(isTableFormat)) {
      const format: Format = formats[name]
      const file = `${table.name}.${format.extension}`
      const codebook = codebookEntries(table, file, plan.prices)
      const output = { table, file, codebook, rows: 0 }
      this.tables.push(output)
      this.#tableWriters.set(output, await format.open(await folder.create(file), { ...table, ...about, codebook }))
    }
  }

  /** Of all files together. */
  get rows(): number {
    return [...this.tables, ...this.bundles].reduce((sum, { rows }) => sum + rows, 0)
  }

  async write(cases: ExportCase[]): Promise<void> {
    for (const [table, files] of Map.groupBy(this.tables, (file) => file.table)) {
      const rows = cases.flatMap((whole) => table.rows(whole))
      for (const file of files) {
        await this.#tableWriters.get(file)?.write(rows)
        file.rows += rows.length
      }
    }
    for (const [bundle, writer] of this.#bundleWriters) bundle.rows += await writer.write(cases)
  }

  /** Writes what comes after the rows, file by file; `pause` is awaited before each. */
  async finish(pause: () => Promise<void>): Promise<void> {
    for (const [output, writer] of this.#tableWriters) {
      await pause()
      const columns = await writer.finish?.()
      if (columns) output.codebook = codebookEntries({ columns }, output.file, this.#prices)
    }
    for (const writer of this.#bundleWriters.values()) {
      await pause()
      await writer.finish()
    }
  }
}

function assertDistinct({ name, columns }: Table): void {
  const seen = new Set<string>()
  for (const column of columns) {
    if (seen.has(column.name))
      throw new Failure(`Two columns of ${name} would be called ${column.name}. Rename one of the items in a new version.`)
    seen.add(column.name)
  }
}
