/**
 * Writes docs/protocols.md from the shipped protocols, so that a study leader can check each against its source:
 * `npm run docs:protocols`. The calendars are those of `nameting plan`, for cases with invented dates.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { formatReference, parseReference, textIn } from '../instruments/definition.ts'
import { conditionsOf, groupsInWords } from '../protocols/conditions-in-words.ts'
import { armsOf, type Example, exampleCase, groupsOf } from '../protocols/example-case.ts'
import { plan } from '../protocols/plan.ts'
import type { Protocol } from '../protocols/schema.ts'
import { offsetOf, paceTable, packetTable, type Table, whoTable } from '../server/commands/plan-tables.ts'
import { type Definitions, readDefinitions, shippedDirectory } from '../server/definitions/load.ts'

/** A case whose calendar is shown. `course` tells two cases of one group apart. */
interface Shown extends Example {
  course?: string
}

const referral = '2026-01-05'
const followed = '2026-03-02'

const inCohort = (cohort: string, arm: string, anchors: Record<string, string>, registered?: string): Shown => ({
  cohort,
  arm,
  anchors,
  registered,
})

/** The dates of each case that is shown, by protocol; every group that can occur needs one. */
const shown: Record<string, Shown[]> = {
  'familie-aan-zet': [
    ...['prospective', 'rest'].flatMap((cohort) => [
      inCohort(cohort, 'conference', { referral, conference: followed }),
      inCohort(cohort, 'non-conference', { referral, decision: followed }),
      inCohort(cohort, 'undecided', { referral }),
    ]),
    inCohort('retrospective', 'conference', { referral: '2024-01-08', conference: '2024-03-04' }, referral),
    inCohort('retrospective', 'non-conference', { referral: '2024-01-08', decision: '2024-03-04' }, referral),
    inCohort('shadow', 'shadow', { decision: followed }, '2026-12-07'),
  ],
  'netwerkkracht-rotterdam': ['ekc', 'wijkteam'].map((arm) => ({ arm, anchors: { start: referral } })),
  'uva-trial': ['offered', 'regular'].map((arm) => ({ arm, anchors: { start: referral, plan: followed } })),
  'ekc-yearly': [
    { course: 'with a conference', anchors: { conference: followed } },
    { course: 'without a conference', anchors: { 'no-conference': followed } },
  ],
}

/** The page. Throws a RangeError when a protocol or a group that can occur has no example here. */
export function protocolDocs({ protocols }: Pick<Definitions, 'protocols'>): string {
  const ids = [...new Set(protocols.all().map(({ id }) => id))]
  const missing = ids.filter((id) => !Object.hasOwn(shown, id))
  if (missing.length > 0) throw new RangeError(`scripts/protocol-docs.ts has no example of ${missing.join(', ')}`)
  const latest = Object.entries(shown).map(([id, examples]) => ({ protocol: protocols.latest(id) as Protocol, examples }))
  return [
    '# The protocols, to check against their sources',
    'Made by `npm run docs:protocols` from the definitions: change those, not this page. The latest version of each is shown.',
    'Each has first who fills in what and when, beside which the source can be laid; then what else was decided, and what the source is silent about and was decided here; then the calendar of one invented case for each cohort and arm that can occur, as `npx nameting plan` makes it. Dates of examples: referral or start on Monday 5 January 2026, conference, decision or plan on Monday 2 March 2026, unless it says otherwise.',
    'In calendars everything is shown that may be asked. A list with a star is asked only when the condition in its row of the first table holds. Mails go out on the days named, as long as the list has not been filled in.',
    table([
      ['Protocol', 'Study'],
      ...latest.map(({ protocol }) => [`[\`${formatReference(protocol)}\`](#${protocol.id})`, textIn(protocol.title, 'en')]),
    ]),
    ...latest.flatMap(({ protocol, examples }) => protocolSection(protocol, examples)),
    '',
  ].join('\n\n')
}

function protocolSection(protocol: Protocol, examples: Shown[]): string[] {
  const cases = examples.map((example) => ({ example, planCase: exampleCase(protocol, example) }))
  const without = groupsOf(protocol).filter(
    ({ cohort, arm }) => !cases.some(({ planCase }) => planCase.cohort === cohort && planCase.arm === arm),
  )
  if (without.length > 0)
    throw new RangeError(
      `scripts/protocol-docs.ts has no example of ${protocol.id}: ${without.map((one) => `${one.cohort}, ${one.arm}`).join('; ')}`,
    )
  return [
    `## ${protocol.id}`,
    `**${textIn(protocol.title, 'en')}**, \`${formatReference(protocol)}\`. Source: ${protocol.source}`,
    table(scheduleTable(protocol)),
    table(wavesTable(protocol)),
    table(groupTable(protocol)),
    `### Decided in ${protocol.id}`,
    bullets(designOf(protocol)),
    `### Assumed in ${protocol.id}`,
    'The source is silent about these, or leaves room:',
    bullets(protocol.assumptions.map((one) => (typeof one === 'string' ? one : textIn(one, 'en')))),
    ...(protocol.report
      ? [
          `### Report of ${protocol.id}`,
          'The tables and figures of its report, see [report.md](report.md):',
          bullets(reportOf(protocol.report)),
        ]
      : []),
    `### Calendars of ${protocol.id}`,
    ...cases.flatMap(({ example, planCase }) => {
      const made = plan(protocol, planCase)
      const dates = Object.entries(planCase.anchors).map(([anchor, date]) => `${anchor} ${date}`)
      const cameIn = example.registered === undefined ? [] : [`registered ${example.registered}`]
      const course = example.course === undefined ? '' : `, ${example.course}`
      return [
        `#### ${protocol.id}: ${planCase.cohort}, ${planCase.arm}${course}`,
        `Dates: ${[...dates, ...cameIn].join(', ')}.`,
        table(withoutLastColumn(whoTable(protocol, planCase, made))),
        table(packetTable(protocol, planCase, made)),
      ]
    }),
  ]
}

/** The schedule in the shape of table 2.1 of the report. */
const scheduleTable = ({ schedule, waves }: Protocol): Table => [
  ['Instrument', 'Who fills it in', ...waves.map(({ id }) => id), 'Only'],
  ...schedule.map((row) => [
    parseReference(row.instrument).id,
    row.role,
    ...waves.map(({ id }) => (row.waves.includes(id) ? 'x' : '')),
    [...groupsInWords(row), ...conditionsOf(row)].join('; '),
  ]),
]

const wavesTable = ({ waves }: Protocol): Table => [
  ['Wave', 'Falls on', 'Open'],
  ...waves.map((wave) => [
    `${wave.id}: ${textIn(wave.title, 'en')}`,
    wave.anchors.map((anchor, index) => (index === 0 ? anchor : `(or else ${anchor})`)).join(' ') + offsetOf(wave),
    `${wave.window.opens === 0 ? 'from that day' : `from day ${wave.window.opens}`} until ${wave.window.closes} days after it`,
  ]),
]

const groupTable = (protocol: Protocol): Table => [
  ['Cohort', 'Arms'],
  ...Object.entries(protocol.cohorts).map(([cohort, { title }]) => [
    `${cohort}: ${textIn(title, 'en')}`,
    armsOf(protocol, cohort)
      .map((arm) => `${arm}: ${textIn(protocol.arms[arm]?.title ?? { nl: arm, en: arm }, 'en')}`)
      .join('; '),
  ]),
]

/** All of the design that is no row of the schedule, one sentence each. */
function designOf(protocol: Protocol): string[] {
  const { allocation, samples, matching, weights, consents, messages, norms, prices = [], roles, nonResponse } = protocol
  const [, ...paces] = paceTable(protocol)
  const reasons = (of: string) =>
    Object.values(nonResponse)
      .filter((reason) => reason.of === of)
      .map(({ title }) => lower(textIn(title, 'en')))
      .join('; ')
  return [
    ...paces.map(([role, opens, closes]) => `The ${role} works at their own pace: lists open ${opens}, and close ${closes}.`),
    `Mails go out at ${messages.hour}: an invitation, and reminders after ${messages.reminders.map(({ days }) => days).join(' and ')} days.`,
    ...Object.entries(roles)
      .filter(([, { mail }]) => !mail)
      .map(([role]) => `No mail goes to the role ${role}.`),
    ...consents.map(
      ({ purpose, roles: asked, required }) =>
        `Consent to ${purpose} is asked of: ${asked.join(', ')}. ${required ? 'Without it nothing else is asked.' : 'They may say no and take part.'}`,
    ),
    ...(allocation
      ? [
          `Arms are drawn by lot, ${Object.entries(allocation.ratio)
            .map(([arm, count]) => `${count} ${arm}`)
            .join(' to ')}, in blocks of ${allocation.blocks.map((size) => size * sum(Object.values(allocation.ratio))).join(', ')}${
            allocation.strata.length > 0 ? `, within each ${allocation.strata.join(' and ')}` : ', without strata'
          }.`,
        ]
      : []),
    ...Object.entries(samples).map(
      ([name, { size, arms = Object.keys(protocol.arms), cohorts = Object.keys(protocol.cohorts) }]) =>
        `The sample ${name} is a random ${size} of the cases in cohort ${cohorts.join(', ')} and arm ${arms.join(', ')}.`,
    ),
    ...(matching
      ? [
          `Cases of the cohort ${matching.cohort} are matched to an index case on: ${Object.values(matching.criteria)
            .map(({ title }) => lower(textIn(title, 'en')))
            .join('; ')}.`,
        ]
      : []),
    ...protocol.schedule.flatMap(({ instrument, role, doubleEntry }) =>
      doubleEntry
        ? [
            `Of ${parseReference(instrument).id} of the ${role}, ${doubleEntry.share === 1 ? 'all' : `${doubleEntry.share * 100}% by lot`} of what staff type in is typed in by two people.`,
          ]
        : [],
    ),
    ...Object.entries(weights).map(
      ([name, { instruments, condition }]) =>
        `The weight ${name} lets each case count the same, over: ${instruments.join(', ')}${condition ? `, where ${condition}` : ''}.`,
    ),
    ...(norms.length > 0 ? [`Norms: ${norms.join(', ')}.`] : []),
    ...(prices.length > 0 ? [`Prices: ${prices.join(', ')}.`] : []),
    `Coded reasons why a list does not come: ${reasons('assignment')}. Why a person stops: ${reasons('participant')}.`,
  ]
}

/** A line per section. */
const reportOf = ({ sections }: NonNullable<Protocol['report']>): string[] =>
  sections.map(
    ({ title, tables, figures }) =>
      `${textIn(title, 'en')}: ${[...tables, ...figures].map((one) => `\`${one.id}\` ${textIn(one.title, 'en')}`).join('; ')}.`,
  )

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0)

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** Conditions stand in the first table of the protocol already. */
const withoutLastColumn = (rows: Table): Table => rows.map((row) => row.slice(0, -1)) as Table

const bullets = (lines: string[]): string => lines.map((line) => `- ${line}`).join('\n')

function table([head, ...rows]: Table): string {
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

export const shippedProtocolDocs = (): string => protocolDocs(readDefinitions([shippedDirectory]).definitions)

if (import.meta.main) writeFileSync(fileURLToPath(new URL('../docs/protocols.md', import.meta.url)), shippedProtocolDocs())
