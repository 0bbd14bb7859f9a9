/** How a scale is made, as the codebook says it in one cell. */
import type { AnswerScale, FactScale, Scale, Where } from '../../instruments/schema.ts'
import { isOfAnswers } from '../../instruments/score.ts'

/** `sum`, `sum; not known: 9`, or `duration: days from start to end, sum; where kind=1,2; until completion where ended=0`. */
export function methodOf(scale: Scale): string {
  const { answers: unknown } = scale.missing
  const made = isOfAnswers(scale) ? [scale.method, ...inParts(scale)] : [`${scale.method}${subjectOf(scale)}`, ...conditionsOf(scale)]
  return [...made, ...(unknown ? [`not known: ${unknown.join(',')}`] : [])].join('; ')
}

const inParts = ({ method, groups }: AnswerScale): string[] =>
  method === 'sum' && groups ? [`in parts: ${Object.keys(groups).join(', ')}`] : []

function subjectOf(scale: FactScale): string {
  if (scale.method === 'duration') return `: ${scale.unit} from ${scale.start} to ${scale.end}${scale.over ? `, ${scale.over}` : ''}`
  if (scale.method !== 'cost') return ''
  const prices = Object.entries(scale.unitPrices).map(([used, key]) => `${used}=${key}`)
  const amount = scale.amount === undefined ? '' : `${scale.amount} x `
  return `: ${amount}unit price of ${scale.kind ?? 'each item'} in ${scale.priceTable} (${prices.join(', ')})`
}

function conditionsOf(scale: FactScale): string[] {
  const where = 'where' in scale ? scale.where : undefined
  const running = 'running' in scale ? scale.running : undefined
  return [
    ...(where ? [`where ${listed(where)}`] : []),
    ...(running ? [`until ${('asOf' in scale && scale.asOf) || 'completion'} where ${listed(running)}`] : []),
    ...(scale.none ? [`none where ${listed(scale.none)}`] : []),
  ]
}

const listed = (where: Where): string =>
  Object.entries(where)
    .map(([item, values]) => `${item}=${values.join(',')}`)
    .join(' and ')
