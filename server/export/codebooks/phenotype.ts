/** phenotype_<instrument>.json: what the columns of an instrument mean, in the manner of the phenotype files of BIDS. */
import { formatReference } from '../../../instruments/definition.ts'
import { codebookEntries, codebookFacts } from '../codebook.ts'
import type { Table } from '../column.ts'
import type { Language } from '../format.ts'
import type { ExportPlan, PlannedInstrument } from '../plan.ts'

/** One for each instrument that has a long table among `tables`; only what was asked and scored. */
export function phenotypes(plan: ExportPlan, tables: readonly Table[], language: Language): { name: string; content: string }[] {
  return plan.instruments.flatMap((planned) => {
    const table = tables.find(({ name }) => name === `long_${planned.name}`)
    return table
      ? [{ name: `phenotype_${planned.name}.json`, content: `${JSON.stringify(phenotype(plan, planned, table, language), null, 2)}\n` }]
      : []
  })
}

function phenotype({ prices }: ExportPlan, { latest, versions }: PlannedInstrument, table: Table, language: Language) {
  const { status, source } = latest.wording
  const columns = codebookEntries(table, table.name, prices).filter(({ origin }) => origin !== undefined)
  return {
    MeasurementToolMetadata: {
      Description: `${latest.title[language]} (${versions.map(formatReference).join(', ')}). Wording: ${status}. ${source ?? ''}`.trim(),
    },
    ...Object.fromEntries(
      columns.map((entry) => {
        const facts = codebookFacts(entry)
        const levels = [...entry.values, ...entry.missing.map(({ code, label }) => ({ value: code, label }))]
        const said = [facts.asked_when && `Asked when ${facts.asked_when}.`, facts.method && `Method: ${facts.method}.`, facts.warning]
        return [
          entry.name,
          {
            LongName: entry.label[language],
            Description: said.filter(Boolean).join(' ') || entry.label[language],
            ...(levels.length > 0 && { Levels: Object.fromEntries(levels.map(({ value, label }) => [String(value), label[language]])) }),
            ...unitsOf(entry.type, facts.price_currency),
          },
        ]
      }),
    ),
  }
}

/** Only where they are known. */
function unitsOf(type: string, currency: string | number | undefined): { Units?: string | number } {
  if (currency !== undefined) return { Units: currency }
  return type === 'date' ? { Units: 'YYYY-MM-DD' } : {}
}
