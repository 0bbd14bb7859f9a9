/** Files that people bring, each read as the server reads them; what is wrong with one comes back as sentences. */
import { readInstruments } from '../../instruments/catalogue.ts'
import { checkInstruments } from '../../instruments/check.ts'
import type { Problem } from '../../instruments/definition.ts'
import { importQuestionnaire } from '../../instruments/fhir/import.ts'
import { ImportFaults } from '../../instruments/fhir/report.ts'
import { parseSource } from '../../instruments/fhir/source.ts'
import { importSurvey } from '../../instruments/surveyjs/import.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { checkNorms } from '../../norms/check.ts'
import { normTablesFromCsv } from '../../norms/from-csv.ts'
import { readProtocols } from '../../protocols/catalogue.ts'
import { checkProtocols } from '../../protocols/check.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { readAnswerTable } from '../../server/scoring/read-answer-table.ts'
import { readYardstick } from '../../server/scoring/read-yardstick.ts'
import { scoreTable } from '../../server/scoring/score-table.ts'

const { definitions } = readDefinitions([shippedDirectory])
const yardstick = readYardstick(definitions, undefined, 'veo@0.1.0-standin', [])
const header = {
  ...{ id: 'veo-nl', version: '1.0.0', instrument: 'veo', instrumentVersions: '*', year: 2020, source: 'Invented' },
  ...{
    title: { nl: 'Verzonnen', en: 'Invented' },
    population: { nl: 'Verzonnen', en: 'Invented' },
    bands: 'bands-familie-aan-zet-2008@1.0.0',
  },
}

const reasons = (problems: readonly { reason: string }[]): string[] => problems.map(({ reason }) => reason)
const found = (problems: readonly Problem[]): string[] => problems.map(({ path, reason }) => `${path} ${reason}`)
const named = { instruments: definitions.instruments, tables: definitions.norms.tables, priceTables: definitions.norms.priceTables }
const file = (kind: string, text: string) => [{ path: `${kind}/x/1.0.0.json`, name: `${kind}/x/1.0.0.json`, text }]

function imported(read: (value: unknown) => unknown, text: string): string[] {
  try {
    read(parseSource(text))
    return []
  } catch (error) {
    if (!(error instanceof ImportFaults)) throw error
    return reasons(error.faults)
  }
}

/** By kind of file: reads the text and tells what is wrong, nothing when it can be used. Throws where we made a mistake. */
export const readers: Record<string, (text: string) => string[]> = {
  instrument(text) {
    const read = readInstruments(file('instruments', text))
    return found([...read.problems, ...checkInstruments(read)])
  },
  'norm table'(text) {
    const read = readNorms(file('norms', text))
    return found([...read.problems, ...checkNorms(read, definitions.instruments)])
  },
  protocol(text) {
    const read = readProtocols(file('protocols', text))
    return found([...read.problems, ...checkProtocols(read, named)])
  },
  questionnaire: (text) => imported(importQuestionnaire, text),
  survey: (text) => imported(importSurvey, text),
  norms(text) {
    const read = readAnswerTable('csv', Buffer.from(text))
    if ('problems' in read) return reasons(read.problems)
    const { columns, rows, decimalComma } = read.table
    const texts = rows.map(({ at, cells }) => ({ at, cells: cells.map(String) }))
    return reasons(normTablesFromCsv(header, { columns, rows: texts, semicolons: decimalComma }).problems)
  },
  answers(text) {
    const read = readAnswerTable('csv', Buffer.from(text))
    return reasons('problems' in read ? read.problems : scoreTable(yardstick, read.table).problems)
  },
}
