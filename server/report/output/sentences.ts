/** What a report says in sentences: warnings, refusals and tests, in both languages. */
import type { Localized } from '../../../instruments/definition.ts'
import type { ReportOptions, ReportWarning, TestOutcome, TestResult } from '../result.ts'
import type { Warning } from '../statistics/outcome.ts'
import { both, type ReportLanguage } from '../words.ts'
import { estimateText, number, testText } from './numbers.ts'

export function warningSentence(warning: ReportWarning): Localized {
  switch (warning.code) {
    case 'several-answers':
      return {
        nl: `${warning.rows.nl}: er konden meer antwoorden worden gekozen, dus samen zijn het er meer dan n.`,
        en: `${warning.rows.en}: several answers could be chosen, so together they are more than n.`,
      }
    case 'other-versions':
      return {
        nl: `Niet meegeteld: antwoorden op ${warning.left.join(', ')}, die niet hetzelfde betekenen als die van de nieuwste versie.`,
        en: `Not counted: answers to ${warning.left.join(', ')}, which do not mean the same as those of the latest version.`,
      }
    case 'masked':
      return {
        nl: `* Niet getoond, omdat het over minder dan ${warning.below} gezinnen gaat (een gemiddelde of bereik: minder dan ${2 * warning.below}), of omdat zo'n aantal er anders uit te berekenen is, hier of met een andere tabel.`,
        en: `* Not shown, because it tells of fewer than ${warning.below} families (a mean or range: fewer than ${2 * warning.below}), or because such a number could be worked out from it, here or with another table.`,
      }
    case 'no-data':
      return { nl: 'Er zijn nog geen gegevens voor deze tabel.', en: 'There are no data for this table yet.' }
  }
}

type Refusal = Extract<TestResult['outcome'], { refused: string }>

const refusals: Record<Refusal['refused'], Localized> = {
  'too-few': { nl: 'te weinig waarnemingen', en: 'too few observations' },
  'no-variance': { nl: 'er is geen spreiding', en: 'there is no variance' },
  'beyond-numbers': {
    nl: 'de waarden zijn te groot of te klein om mee te rekenen',
    en: 'the values are too large or too small to compute with',
  },
  'same-people': { nl: 'dezelfde mensen staan in meer groepen', en: 'the same people are in several groups' },
  'one-category': { nl: 'er is maar één groep of categorie met gegevens', en: 'only one group or category has data' },
  'no-weight': { nl: 'de gewichten zijn samen nul', en: 'the weights add up to nothing' },
  reliability: { nl: 'de betrouwbaarheid is niet bruikbaar', en: 'the reliability cannot be used' },
  masked: { nl: 'niet getoond vanwege kleine aantallen', en: 'not shown because of small numbers' },
  'not-in-rows': {
    nl: 'de aantallen staan in geen rij van dit verslag, en als kleine aantallen worden weggelaten, wordt alleen getoetst wat daar al staat',
    en: 'its counts stand in no row of this report, and with small numbers left out only what stands there is tested',
  },
}

/** A test as one sentence: what is compared, the statistic, the size of the difference, and what to be careful about. */
export function testSentence(test: TestResult): Localized {
  const { outcome } = test
  return both((language) => {
    const say = (nl: string, en: string): string => (language === 'nl' ? nl : en)
    const who = test.between.map((one) => one[language]).join(say(' tegenover ', ' against '))
    const about = `${test.title[language]} (${who})`
    if ('refused' in outcome) return `${about}: ${say('niet getoetst', 'not tested')}, ${refusals[outcome.refused][language]}.`
    const n = outcome.n.join(say(' en ', ' and '))
    return [
      `${about}: ${[testText(outcome, language), ...manner(test)[language], `n = ${n}`].join(', ')}.`,
      ...sizes(test, outcome, language),
      ...droppedText(outcome, language),
      ...outcome.warnings.flatMap((warning) => testWarning(warning, language)),
    ].join(' ')
  })
}

/** Of few as a star, as in a table. */
function droppedText({ dropped = 0 }: TestOutcome, language: ReportLanguage): string[] {
  if (dropped === 0) return []
  const shown = dropped ?? '*'
  return [language === 'nl' ? `Niet alle meetmomenten: ${shown}, niet meegeteld.` : `Not in all waves: ${shown}, not counted.`]
}

/** A t test has sides; of an analysis of variance over waves the degrees of freedom are corrected. */
function manner({ kind, sides }: TestResult): Record<ReportLanguage, string[]> {
  if (kind === 't' || kind === 'paired-t') return { nl: [sidesWords[sides].nl], en: [sidesWords[sides].en] }
  return kind === 'repeated-anova' ? { nl: ['Greenhouse-Geisser'], en: ['Greenhouse-Geisser'] } : { nl: [], en: [] }
}

const sidesWords: Record<TestResult['sides'], Localized> = {
  two: { nl: 'tweezijdig', en: 'two-sided' },
  greater: { nl: 'eenzijdig (de eerste groter)', en: 'one-sided (the first greater)' },
  less: { nl: 'eenzijdig (de eerste kleiner)', en: 'one-sided (the first smaller)' },
}

const effectNames: Record<NonNullable<TestOutcome['effect']>['name'], Localized> = {
  d: { nl: 'd', en: 'd' },
  dz: { nl: 'dz', en: 'dz' },
  'eta-squared': { nl: 'η²', en: 'η²' },
  'partial-eta-squared': { nl: 'partiële η²', en: 'partial η²' },
  'cramers-v': { nl: 'Cramérs V', en: "Cramér's V" },
}

function sizes({ between }: TestResult, { difference, share, effect }: TestOutcome, language: ReportLanguage): string[] {
  // Which less which: a change is the later less the earlier, and a test of waves the first of them less the second.
  const [first, second] = between.map((one) => one[language])
  const less = first && second ? ` (${first} ${language === 'nl' ? 'min' : 'less'} ${second})` : ''
  const label = `${language === 'nl' ? 'Verschil' : 'Difference'}${less}:`
  return [
    ...(difference ? [`${label} ${estimateText(difference.value, difference.interval, language)}.`] : []),
    ...(share ? [shareText(share, less, language)] : []),
    ...(effect ? [`${effectNames[effect.name][language]} = ${estimateText(effect.value, effect.interval, language)}.`] : []),
  ]
}

/** `Yes: a difference of 12 percentage points (Group less Other) (95% interval 3 to 21).` */
function shareText({ category, value, interval }: NonNullable<TestOutcome['share']>, less: string, language: ReportLanguage): string {
  const points = (one: number): string => number(one, language, 0)
  const within = `${points(100 * interval.level)}%${language === 'nl' ? '-interval' : ' interval'} ${points(interval.from)} ${language === 'nl' ? 'tot' : 'to'} ${points(interval.to)}`
  return language === 'nl'
    ? `${category.nl}: ${points(value)} procentpunt verschil${less} (${within}).`
    : `${category.en}: a difference of ${points(value)} percentage points${less} (${within}).`
}

function testWarning(warning: Warning, language: ReportLanguage): string[] {
  const say = (nl: string, en: string): string => (language === 'nl' ? nl : en)
  if (warning.code === 'expected-below-5') {
    const { cells, of, smallest } = warning
    const least = number(smallest, language, 1)
    return [
      say(
        `Let op: in ${cells} van de ${of} cellen worden er minder dan 5 verwacht (het minst: ${least}), dus p is onzeker.`,
        `Mind: in ${cells} of ${of} cells fewer than 5 are expected (the least: ${least}), so p is uncertain.`,
      ),
    ]
  }
  if (warning.code === 'empty-left-out')
    return [say('Lege groepen en categorieën zijn weggelaten.', 'Empty groups and categories were left out.')]
  if (warning.code === 'few-for-bootstrap')
    return [say('Te weinig waarnemingen voor een goed interval.', 'Too few observations for a good interval.')]
  return []
}

/** How the numbers were made, for the head of the report. */
export const optionSentences = ({ percentages, maskBelow }: ReportOptions): Localized[] => [
  percentages === 'plain' || maskBelow !== null
    ? {
        nl: `Procenten zijn elk apart afgerond; samen kunnen zij 99 of 101 zijn${percentages === 'plain' ? '' : ', want samen 100 zou iets zeggen over aantallen die niet zijn getoond'}.`,
        en: `Per cent are rounded each by themselves; together they can be 99 or 101${percentages === 'plain' ? '' : ', since 100 together would tell of numbers that are not shown'}.`,
      }
    : { nl: 'Procenten zijn zo afgerond dat zij samen 100 zijn.', en: 'Per cent are rounded so that they add up to 100.' },
  ...(maskBelow === null
    ? []
    : [
        {
          nl: `Aantallen over 1 tot en met ${maskBelow - 1} gezinnen zijn niet getoond (*), en ook niet de aantallen waarmee zij door optellen en aftrekken binnen dit verslag te vinden zijn. Gemiddelden, met alles wat daarvan wordt gemaakt, zijn van ${2 * maskBelow} gezinnen of meer, en niet getoond waar zij zouden zeggen dat 1 tot en met ${maskBelow - 1} gezinnen iets antwoordden of waar één gezin de helft uitmaakt. Uit twee n kan wel blijken hoeveel mensen een vraag oversloegen.`,
          en: `Numbers of 1 to ${maskBelow - 1} families are not shown (*), nor those by which they could be found by adding and subtracting within this report. Means, with all that is made of them, are of ${2 * maskBelow} families or more, and not shown where they would say that 1 to ${maskBelow - 1} families gave an answer, or where one family makes up half. Two n can tell how many people skipped a question.`,
        },
      ]),
]
