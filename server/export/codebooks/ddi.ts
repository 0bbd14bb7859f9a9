/**
 * codebook.xml: the codebook as DDI Codebook 2.5 (https://ddialliance.org/Specification/DDI-Codebook/2.5/), by which archives describe
 * data. Elements stand in the order that its schema asks for.
 */
import type { Localized } from '../../../instruments/definition.ts'
import { type CodebookEntry, codebookFacts } from '../codebook.ts'
import type { TableFile } from '../outputs.ts'
import type { ExportPlan } from '../plan.ts'
import { standInsIn, standInWarning } from '../stand-ins.ts'
import { element, textOf, type Xml } from './xml.ts'

interface Software {
  name: string
  version: string
}

/** The moment of the export is in manifest.json only: the same data have the same codebook. */
export function ddiCodebook(plan: ExportPlan, tables: readonly TableFile[], { name, version }: Software): string {
  const { study, protocol } = plan
  const standIns = standInsIn(plan)
  const title = element(
    'titlStmt',
    {},
    element('titl', {}, textOf(study.title)),
    element('IDNo', { agency: study.organisation }, textOf(study.id)),
  )
  const made = element('prodStmt', {}, element('producer', {}, textOf(study.organisation)), element('software', { version }, textOf(name)))
  const content = [
    element('docDscr', {}, element('citation', {}, title, made)),
    element(
      'stdyDscr',
      {},
      element('citation', {}, title, element('prodStmt', {}, element('producer', {}, textOf(study.organisation)))),
      element('stdyInfo', {}, element('sumDscr', {}, element('anlyUnit', {}, 'case: one family'))),
      ...(standIns.length > 0 ? [element('notes', {}, textOf(standInWarning(standIns)))] : []),
      element('notes', {}, textOf(`Protocol ${protocol.id}@${protocol.version}: ${protocol.title.en}`)),
    ),
    ...tables.map(fileDescription),
    element('dataDscr', {}, ...tables.flatMap(({ codebook }, index) => codebook.map((entry) => variable(entry, index)))),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('codeBook', { xmlns: 'ddi:codebook:2_5', version: '2.5', 'xml:lang': 'en' }, '\n', content.join('\n'), '\n')}\n`
}

const fileId = (index: number): string => `F${index + 1}`

const fileDescription = ({ file, table, rows, codebook }: TableFile, index: number): Xml =>
  element(
    'fileDscr',
    { ID: fileId(index) },
    element(
      'fileTxt',
      {},
      element('fileName', {}, textOf(file)),
      element('fileCont', {}, textOf(table.about)),
      element('dimensns', {}, element('caseQnty', {}, String(rows)), element('varQnty', {}, String(codebook.length))),
    ),
  )

function variable(entry: CodebookEntry, file: number): Xml {
  const { name, position, label, type, values, missing, range, origin } = entry
  const facts = codebookFacts(entry)
  const question = origin?.item?.question.title
  const [lowest = null, highest = null] = range ?? []
  const isNumber = type === 'integer' || type === 'decimal'
  return element(
    'var',
    { ID: `${fileId(file)}_V${position}`, name, files: fileId(file), intrvl: isNumber && values.length === 0 ? 'contin' : 'discrete' },
    ...inLanguages('labl', label),
    ...(question ? [element('qstn', {}, ...inLanguages('qstnLit', question))] : []),
    ...(lowest !== null || highest !== null ? [element('valrng', {}, element('range', { UNITS: 'REAL', min: lowest, max: highest }))] : []),
    ...(missing.length > 0 ? [element('invalrng', {}, ...missing.map(({ code }) => element('item', { VALUE: code })))] : []),
    ...(facts.asked_when ? [element('universe', {}, textOf(facts.asked_when))] : []),
    ...(facts.version_note ? [element('txt', {}, textOf(facts.version_note))] : []),
    ...values.map(({ value, label }) => category(value, label)),
    ...missing.map(({ code, label }) => category(code, label, 'Y')),
    ...(facts.method
      ? [element('derivation', {}, element('drvdesc', {}, textOf([facts.method, facts.scale_items].filter(Boolean).join('; '))))]
      : []),
    element('varFormat', { type: isNumber ? 'numeric' : 'character', category: type === 'date' || type === 'moment' ? 'date' : null }),
    ...(facts.norm_tables ? [element('notes', {}, textOf(`Norm: ${facts.norm_tables}. ${facts.norm_source ?? ''}`))] : []),
    ...(facts.quasi_identifier ? [element('notes', {}, 'By this a family could be recognised: it is among what small_cell goes by.')] : []),
    ...(facts.warning ? [element('notes', {}, textOf(facts.warning))] : []),
  )
}

const category = (value: number | string, label: Localized, missing?: 'Y'): Xml =>
  element('catgry', { missing }, element('catValu', {}, textOf(value)), ...inLanguages('labl', label))

const inLanguages = (name: string, { nl, en }: Localized): Xml[] => [
  element(name, { 'xml:lang': 'nl' }, textOf(nl)),
  element(name, { 'xml:lang': 'en' }, textOf(en)),
]
