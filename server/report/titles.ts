/** What rows, columns and cells are called, from the titles of what they are about. */
import type { Localized } from '../../instruments/definition.ts'
import { itemsOf, questionsIn } from '../../instruments/items.ts'
import type { Place } from '../../protocols/report-places.ts'
import type { Measure, ReportColumn, ReportPlace, ReportTable } from '../../protocols/report-schema.ts'
import { instrumentsOf, type ReportContext } from './context.ts'
import type { TableResult } from './result.ts'
import { both } from './words.ts'

/** A scale or question as its latest version is called. */
export function titleOfMeasure(context: ReportContext, measure: Measure, place: Place): Localized {
  if ('fact' in measure) return factTitles[measure.fact]
  if ('list' in measure) return listTitle(context, place) ?? { nl: 'Respons', en: 'Response' }
  const versions = instrumentsOf(context, place.instruments).flatMap((planned) => planned.versions.toReversed())
  const titles =
    'scale' in measure
      ? versions.flatMap(({ scales }) => scales.filter(({ id }) => id === measure.scale).map(({ title }) => title))
      : versions.flatMap((instrument) =>
          questionsIn(itemsOf(instrument))
            .filter(({ name }) => name === measure.item)
            .map(({ question }) => question.title),
        )
  const own = titles[0] ?? { nl: '', en: '' }
  const z = { nl: 'deviatiescore', en: 'standard score' }
  return 'part' in measure && measure.part === 'z' ? both((language) => `${own[language]}, ${z[language]}`) : own
}

const factTitles = {
  arm: { nl: 'Arm', en: 'Arm' },
  cohort: { nl: 'Cohort', en: 'Cohort' },
  region: { nl: 'Regio', en: 'Region' },
}

/** Its own title, or that of its group, wave, list or role. */
export function titleOfColumn(context: ReportContext, { title, of }: ReportColumn): Localized {
  if (title) return title
  const titles = [groupTitle(context, of), waveTitle(context, of), listTitle(context, of), roleTitle(context, of)].filter(
    (one) => one !== undefined,
  )
  return titles.length === 0 ? { nl: 'Alle', en: 'All' } : both((language) => titles.map((one) => one[language]).join(', '))
}

export const groupTitle = ({ definition }: ReportContext, { group }: ReportPlace): Localized | undefined =>
  group === undefined ? undefined : definition.groups[group]?.title

export const waveTitle = ({ plan }: ReportContext, { wave }: Pick<ReportPlace, 'wave'>): Localized | undefined =>
  plan.protocol.waves.find(({ id }) => id === wave)?.title

const listTitle = (context: ReportContext, { instruments }: ReportPlace): Localized | undefined => {
  const titles = instrumentsOf(context, instruments).map(({ latest }) => latest.title)
  return titles.length === 0 ? undefined : both((language) => titles.map((one) => one[language]).join(', '))
}

const roleTitle = ({ plan }: ReportContext, { role }: ReportPlace): Localized | undefined =>
  role === undefined ? undefined : plan.protocol.roles[role]?.title

/** Of a group that is made of others, those. */
function groupInWords({ definition: { groups } }: ReportContext, name: string): Localized {
  const parts = (groups[name]?.together ?? [name]).flatMap((one) => groups[one]?.title ?? [])
  return both((language) => parts.map((one) => one[language]).join(language === 'nl' ? ' of ' : ' or '))
}

/** Who is counted in a cell: the sentence that its n is to be read with. */
export function denominatorOf(
  context: ReportContext,
  { denominator, unit }: Pick<ReportTable, 'denominator' | 'unit'>,
  measure: Measure,
  place: Place,
): Localized {
  if (denominator) return denominator
  const groups = place.groups.map((group) => groupInWords(context, group))
  const wave = waveTitle(context, place)
  const list = listTitle(context, place)
  const role = roleTitle(context, place)
  const weight = place.weight === undefined ? undefined : context.plan.protocol.weights[place.weight]?.title
  const records = 'item' in measure && measure.within !== undefined
  const since = 'since' in measure ? measure.since : undefined
  const came = 'list' in measure
  const also = [...(since === undefined ? [] : [since]), ...(place.answeredIn ?? [])]
  return both((language) => {
    const say = (nl: string, en: string): string => (language === 'nl' ? nl : en)
    const what = records
      ? say('Onderdelen', 'Records')
      : unit === 'case' || 'fact' in measure
        ? say('Gezinnen', 'Families')
        : say('Lijsten', 'Lists')
    const of = unit === 'case' || 'fact' in measure ? '' : say(' van gezinnen', ' of families')
    return [
      `${what}${groups.length > 0 ? `${of} ${groups.length > 1 ? say('in de groepen', 'in the groups') : say('in de groep', 'in the group')} ${groups.map((one) => one[language]).join(say(' en ', ' and '))}` : ''}`,
      ...(list
        ? [
            `${came ? say('die gevraagd zijn om', 'that were asked for') : say('met een ingevulde lijst', 'with a completed list')}: ${list[language]}`,
          ]
        : []),
      ...(role ? [`${say('van', 'of')}: ${role[language]}`] : []),
      ...(wave ? [`${say('meetmoment', 'wave')}: ${wave[language]}`] : []),
      ...('fact' in measure || came ? [] : [say('met een geldige waarde op deze regel', 'with a valid value in this row')]),
      ...(also.length > 0 ? [`${say('ook op', 'also in')} ${also.join(', ')}`] : []),
      ...(weight ? [`${say('gewogen', 'weighted')}: ${weight[language]}`] : []),
    ].join('; ')
  })
}

/** One row of titles, and columns that are of no statistic. */
export const plainHead = (titles: readonly Localized[]): Pick<TableResult, 'head' | 'columns'> => ({
  head: [titles.map((text) => ({ text, span: 1 }))],
  columns: titles.map((title) => ({ title, statistic: null })),
})
