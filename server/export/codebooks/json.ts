/** codebook.json: what codebook.csv says, for programs: labels by language, values and missing codes as lists. */
import { codebookFacts } from '../codebook.ts'
import type { TableFile } from '../outputs.ts'
import type { ExportPlan } from '../plan.ts'

export function jsonCodebook({ study }: ExportPlan, tables: readonly TableFile[]): string {
  const files = tables.map(({ file, rows, table, codebook }) => ({
    file,
    about: table.about,
    rows,
    variables: codebook.map((entry) => {
      const { name, label, type, values, missing } = entry
      return {
        variable: name,
        label,
        type,
        values,
        missing: missing.map(({ code, label }) => ({ value: code, label })),
        ...codebookFacts(entry),
      }
    }),
  }))
  return `${JSON.stringify({ study: { id: study.id, title: study.title }, files }, null, 1)}\n`
}
