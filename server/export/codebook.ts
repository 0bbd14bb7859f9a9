/** The codebook: one row per variable of every file, made from the columns that made the data. */
import { formatReference, type Localized } from '../../instruments/definition.ts'
import { namesBehind } from '../../instruments/scale-items.ts'
import type { Scale } from '../../instruments/schema.ts'
import { isOfAnswers } from '../../instruments/score.ts'
import { aboutVersions } from './about-versions.ts'
import type { Cell, ColumnHead, InVersion, Origin, Table } from './column.ts'
import { methodOf } from './method.ts'
import type { NormUse } from './norm-use.ts'
import type { PriceUse } from './price-use.ts'
import { standInNorm, standInPrices, standInWording } from './stand-ins.ts'

/** One variable of one file. */
export interface CodebookEntry extends ColumnHead {
  file: string
  position: number
  /** Of costs: the prices behind them. */
  price: PriceUse | undefined
}

export const codebookEntries = ({ columns }: Pick<Table, 'columns'>, file: string, prices: PriceUse[]): CodebookEntry[] =>
  columns.map((head, index) => ({ ...head, file, position: index + 1, price: priceBehind(head, prices) }))

function priceBehind({ origin }: ColumnHead, prices: PriceUse[]): PriceUse | undefined {
  const scale = origin?.part === 'raw' ? origin.scale : undefined
  return scale?.method === 'cost' ? prices.find(({ id }) => id === scale.priceTable) : undefined
}

export const codebookNames = (): string[] => Object.keys(codebookColumns)
export const codebookRow = (entry: CodebookEntry): Cell[] => Object.values(codebookColumns).map((cell) => cell(entry) ?? null)

/** The columns of the codebook; docs/export.md says what each holds. */
const codebookColumns: Record<string, (entry: CodebookEntry) => Cell | undefined> = {
  file: ({ file }) => file,
  position: ({ position }) => position,
  variable: ({ name }) => name,
  label_nl: ({ label }) => label.nl,
  label_en: ({ label }) => label.en,
  type: ({ type }) => type,
  values_nl: ({ values }) => listed(values, 'nl'),
  values_en: ({ values }) => listed(values, 'en'),
  missing_nl: ({ missing }) => listed(missing.map(asValue), 'nl'),
  missing_en: ({ missing }) => listed(missing.map(asValue), 'en'),
  lowest: ({ range }) => range?.[0],
  highest: ({ range }) => range?.[1],
  instrument: ({ origin }) =>
    origin &&
    inVersions(origin)
      .map(({ instrument }) => formatReference(instrument))
      .join('; '),
  wave: ({ origin }) => origin?.wave,
  role: ({ origin }) => origin?.role,
  participant_number: ({ origin }) => origin?.participantNumber,
  about: ({ origin }) => origin?.about,
  item: ({ origin }) => origin?.item?.name,
  required: eachVersion(({ item }) => item && Number(item.question.isRequired ?? false)),
  asked_when: eachVersion(({ item }) => item?.conditions.join(' and ')),
  scales: eachVersion(scalesOfItem),
  scale: ({ origin }) => origin?.scale?.id,
  scale_items: eachVersion(itemsOfScale),
  method: (entry) => entry.method ?? scaleMethod(entry),
  missing_allowed: eachVersion(({ scale }) => scale?.missing.allowed),
  prorated: eachVersion(({ scale }) => scale && Number(scale.missing.prorate)),
  worse: eachVersion(({ scale }) => scale?.worse),
  wording_status: eachVersion(({ instrument }) => instrument.wording.status),
  wording_source: eachVersion(({ instrument }) => instrument.wording.source),
  version_note: aboutVersions,
  norm_tables: eachNorm(({ reference }) => reference),
  norm_status: eachNorm(({ status }) => status),
  norm_source: eachNorm(({ source }) => source),
  quasi_identifier: ({ quasiIdentifier }) => (quasiIdentifier ? 1 : undefined),
  price_table: ({ price }) => price?.reference,
  price_status: ({ price }) => price?.status,
  price_year: ({ price }) => price?.year,
  price_currency: ({ price }) => price?.currency,
  price_source: ({ price }) => price?.source,
  warning: warnings,
}

/** What the codebook says of a variable beside its name, labels and values: what is empty is left out. */
export const codebookFacts = (entry: CodebookEntry): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(codebookColumns).flatMap(([name, cell]) => {
      const said = ofItself.has(name) ? null : (cell(entry) ?? '')
      return said === null || said === '' ? [] : [[name, said] as const]
    }),
  )

const ofItself = new Set(['file', 'variable', 'label_nl', 'label_en', 'type', 'values_nl', 'values_en', 'missing_nl', 'missing_en'])

const scaleMethod = eachVersion(({ scale }) => scale && methodOf(scale))

const asValue = ({ code, label }: { code: number; label: Localized }) => ({ value: code, label })

const listed = (values: { value: number | string; label: Localized }[], language: 'nl' | 'en'): string =>
  values.map(({ value, label }) => `${value}=${label[language]}`).join('; ')

const inVersions = (origin: Origin): InVersion[] => origin.versions ?? [origin]

/** A cell of which each version has its own: what all say alike, else `1.0.0: this | 1.1.0: that`. */
function eachVersion(say: (version: InVersion, origin: Origin) => Cell | undefined): (entry: CodebookEntry) => Cell | undefined {
  return ({ origin }) => {
    if (!origin) return undefined
    const said = inVersions(origin).map((version) => ({ version: version.instrument.version, cell: say(version, origin) ?? '' }))
    const [first] = said
    return said.every(({ cell }) => cell === first?.cell) ? first?.cell : said.map(({ version, cell }) => `${version}: ${cell}`).join(' | ')
  }
}

function scalesOfItem({ instrument, item }: InVersion): string | undefined {
  if (!item) return undefined
  const scales = instrument.scales.filter((scale) => namesBehind(scale).includes(item.name))
  return scales.map((scale) => marked(scale.id, isReversed(scale, item.name))).join('; ')
}

function itemsOfScale({ scale }: InVersion): string | undefined {
  return scale?.items.map((item) => marked(item, isReversed(scale, item))).join('; ')
}

const isReversed = (scale: Scale, item: string): boolean => isOfAnswers(scale) && scale.reverse.includes(item)

const marked = (name: string, reversed: boolean): string => (reversed ? `${name} (reversed)` : name)

/** Norm tables are behind z, band, norm and stratum; a raw score owes them nothing. */
const normsBehind = ({ norms = [] }: InVersion, { part }: Origin): NormUse[] =>
  part !== undefined && ['z', 'band', 'norm', 'stratum'].includes(part) ? norms : []

function eachNorm(say: (norm: NormUse) => string): (entry: CodebookEntry) => Cell | undefined {
  return eachVersion((version, origin) => normsBehind(version, origin).map(say).join('; '))
}

/** What is not the real one; of several versions, in which. */
function warnings({ origin, price }: CodebookEntry): string {
  if (!origin) return ''
  const versions = inVersions(origin)
  const wording = versions.filter(({ instrument }) => instrument.wording.status === 'stand-in')
  const norm = versions.filter((version) => normsBehind(version, origin).some(({ status }) => status === 'stand-in'))
  const where = (found: InVersion[]): string =>
    found.length === versions.length ? '' : ` (Of ${found.map(({ instrument }) => instrument.version).join(', ')}.)`
  return [
    ...(wording.length > 0 ? [`${standInWording}${where(wording)}`] : []),
    ...(norm.length > 0 ? [`${standInNorm}${where(norm)}`] : []),
    ...(price?.status === 'stand-in' ? [standInPrices] : []),
  ].join(' ')
}
