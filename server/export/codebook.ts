/** The codebook: one row per variable of every file, made from the columns that made the data. */
import { formatReference, type Localized } from '../../instruments/definition.ts'
import type { Scale } from '../../instruments/schema.ts'
import { isOfAnswers } from '../../instruments/score.ts'
import type { Cell, ColumnHead, Table } from './column.ts'
import { itemsLookedAt, methodOf } from './method.ts'
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

export const codebookEntries = ({ columns }: Table, file: string, prices: PriceUse[]): CodebookEntry[] =>
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
  instrument: ({ origin }) => origin && formatReference(origin.instrument),
  wave: ({ origin }) => origin?.wave,
  role: ({ origin }) => origin?.role,
  participant_number: ({ origin }) => origin?.participantNumber,
  item: ({ origin }) => origin?.item?.name,
  required: ({ origin }) => origin?.item && Number(origin.item.question.isRequired ?? false),
  asked_when: ({ origin }) => origin?.item?.conditions.join(' and '),
  scales: scalesOfItem,
  scale: ({ origin }) => origin?.scale?.id,
  scale_items: itemsOfScale,
  method: ({ origin }) => origin?.scale && methodOf(origin.scale),
  missing_allowed: ({ origin }) => origin?.scale?.missing.allowed,
  prorated: ({ origin }) => origin?.scale && Number(origin.scale.missing.prorate),
  worse: ({ origin }) => origin?.scale?.worse,
  wording_status: ({ origin }) => origin?.instrument.wording.status,
  wording_source: ({ origin }) => origin?.instrument.wording.source,
  norm_tables: (entry) => eachNorm(entry, ({ reference }) => reference),
  norm_status: (entry) => eachNorm(entry, ({ status }) => status),
  norm_source: (entry) => eachNorm(entry, ({ source }) => source),
  price_table: ({ price }) => price?.reference,
  price_status: ({ price }) => price?.status,
  price_year: ({ price }) => price?.year,
  price_currency: ({ price }) => price?.currency,
  price_source: ({ price }) => price?.source,
  warning: warnings,
}

const asValue = ({ code, label }: { code: number; label: Localized }) => ({ value: code, label })

const listed = (values: { value: number | string; label: Localized }[], language: 'nl' | 'en'): string =>
  values.map(({ value, label }) => `${value}=${label[language]}`).join('; ')

function scalesOfItem({ origin }: CodebookEntry): string | undefined {
  const item = origin?.item
  if (!item) return undefined
  const scales = origin.instrument.scales.filter((scale) => itemsLookedAt(scale).includes(item.name))
  return scales.map((scale) => marked(scale.id, isReversed(scale, item.name))).join('; ')
}

function itemsOfScale({ origin }: CodebookEntry): string | undefined {
  const scale = origin?.scale
  return scale?.items.map((item) => marked(item, isReversed(scale, item))).join('; ')
}

const isReversed = (scale: Scale, item: string): boolean => isOfAnswers(scale) && scale.reverse.includes(item)

const marked = (name: string, reversed: boolean): string => (reversed ? `${name} (reversed)` : name)

/** Norm tables are behind z, band, norm and stratum; a raw score owes them nothing. */
const normsBehind = ({ origin }: CodebookEntry): NormUse[] =>
  origin?.part !== undefined && ['z', 'band', 'norm', 'stratum'].includes(origin.part) ? (origin.norms ?? []) : []

const eachNorm = (entry: CodebookEntry, say: (norm: NormUse) => string): string => normsBehind(entry).map(say).join('; ')

function warnings(entry: CodebookEntry): string {
  const wording = entry.origin?.instrument.wording.status === 'stand-in' ? [standInWording] : []
  const norm = normsBehind(entry).some(({ status }) => status === 'stand-in') ? [standInNorm] : []
  const prices = entry.price?.status === 'stand-in' ? [standInPrices] : []
  return [...wording, ...norm, ...prices].join(' ')
}
