/**
 * How numbers of a report are written: a comma in Dutch, a point in English; means to two decimals, per cent to none. From a thousand on, as
 * costs are, by thousands and without decimals: cents of a mean say nothing.
 */
import type { StatisticResult, TestOutcome } from '../result.ts'
import type { ReportLanguage } from '../words.ts'

/** With so many decimals, halves away from zero, and no minus before a zero. */
export function number(value: number, language: ReportLanguage, decimals: number): string {
  const isLarge = Math.abs(value) >= 1000
  const digits = isLarge ? 0 : decimals
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: isLarge, signDisplay: 'negative' as const }
  return new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB', options).format(value)
}

/** A number that may be whole: an end of a range, a median, a sum. */
const asFound = (value: number, language: ReportLanguage): string => number(value, language, Number.isInteger(value) ? 0 : 2)

/** A cell as it is read; null where there is nothing to say: of nobody there is no mean. Alpha and omega are of fewer than n, so they say theirs. */
export function statisticText(cell: StatisticResult & { n?: number | null }, language: ReportLanguage): string | null {
  switch (cell.kind) {
    case 'n':
    case 'missing':
      return cell.value === null ? null : String(cell.value)
    case 'count':
      if (cell.value === null) return null
      return cell.percent === null ? String(cell.value) : `${cell.value} (${number(cell.percent, language, 0)}%)`
    case 'mean-sd':
      if (cell.mean === null) return null
      return cell.sd === null ? number(cell.mean, language, 2) : `${number(cell.mean, language, 2)} (${number(cell.sd, language, 2)})`
    case 'mean':
    case 'sd':
      return cell.value === null ? null : number(cell.value, language, 2)
    case 'alpha':
    case 'omega':
      if (cell.value === null) return null
      return withAside(number(cell.value, language, 2), [
        ...(cell.low === null || cell.high === null ? [] : [between(cell.low, cell.high, language)]),
        ...(typeof cell.n === 'number' ? [`${language === 'nl' ? 'n volledig' : 'n complete'} = ${cell.n}`] : []),
      ])
    case 'median':
    case 'sum':
      return cell.value === null ? null : asFound(cell.value, language)
    case 'range':
      return cell.low === null || cell.high === null ? null : `${asFound(cell.low, language)} – ${asFound(cell.high, language)}`
    default:
      return cell.low === null || cell.high === null ? null : between(cell.low, cell.high, language)
  }
}

const withAside = (text: string, aside: readonly string[]): string => (aside.length === 0 ? text : `${text} (${aside.join('; ')})`)

const between = (low: number, high: number, language: ReportLanguage): string =>
  `${number(low, language, 2)} ${language === 'nl' ? 'tot' : 'to'} ${number(high, language, 2)}`

/** `t(106) = -2.12, p = .036`, as the sources write it; in Dutch with commas and a semicolon. Of a difference how its interval was made. */
export function testText({ statistic, value, df, p }: TestOutcome, language: ReportLanguage): string {
  if (p === null) return language === 'nl' ? 'interval met bootstrap (BCa)' : 'interval by bootstrap (BCa)'
  const degrees = df.map((one) => asFound(one, language)).join(language === 'nl' ? '; ' : ', ')
  const name = statistic === 'X2' ? 'X²' : statistic
  return `${name}(${degrees}) = ${number(value, language, 2)}${language === 'nl' ? ';' : ','} ${pText(p, language)}`
}

/** To three decimals without the zero before the point, since p is never above 1. */
function pText(p: number, language: ReportLanguage): string {
  const point = language === 'nl' ? ',' : '.'
  if (p < 0.0005) return `p < ${point}001`
  const text = number(p, language, 3)
  return `p = ${text.startsWith('0') ? text.slice(1) : text}`
}

/** `-0.40, 95% interval -0.78 to -0.03`. */
export function estimateText(
  value: number,
  interval: { level: number; from: number; to: number } | null,
  language: ReportLanguage,
): string {
  const text = number(value, language, 2)
  if (!interval) return text
  const level = number(100 * interval.level, language, 0)
  return `${text} (${level}%${language === 'nl' ? '-interval' : ' interval'} ${between(interval.from, interval.to, language)})`
}
