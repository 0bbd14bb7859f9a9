/** How two versions of a protocol differ beside what is asked: its report, texts, alarms, windows, and who is in it. Pure. */
import { type Localized, parseReference } from '../instruments/definition.ts'
import { mailTemplates } from './mail-templates.ts'
import type { ReportFigure, ReportGroup, ReportTable } from './report-schema.ts'
import type { Protocol } from './schema.ts'

type ProtocolPart =
  | ('section' | 'table' | 'figure' | 'consent' | 'mail' | 'reminder' | 'alarm')
  | ('wave' | 'role' | 'arm' | 'cohort' | 'anchor' | 'reason' | 'language' | 'hour')
  | ('study' | 'sample' | 'matching' | 'criterion' | 'weight' | 'entry')

/** `opens` and `closes` are days of a window, `months` and `days` count from the anchor; `words`, `contents` and `drawnBy` are not written out. */
type ProtocolTrait =
  | ('opens' | 'closes' | 'months' | 'days' | 'anchors' | 'roles' | 'required' | 'version' | 'at')
  | ('list' | 'item' | 'answers' | 'mailed' | 'words' | 'contents')
  | ('timeZone' | 'familyRoles' | 'prices' | 'arms' | 'cohorts' | 'cohort' | 'size' | 'lists' | 'condition' | 'of')
  | ('seesCode' | 'fromRegistration' | 'share' | 'drawnBy')

export interface ProtocolDifference {
  part: ProtocolPart
  /** Of a mail the name of its text, see `MailTemplate`. */
  id: string
  /** Null where it has none of its own. */
  title: Localized | null
  what: 'gone' | 'new' | 'changed'
  /** What of it is otherwise; nothing of what is gone or new. */
  traits: { trait: ProtocolTrait; was: string | null; is: string | null }[]
}

interface Described {
  part: ProtocolPart
  id: string
  title: Localized | null
  traits: Partial<Record<ProtocolTrait, string>>
}

/** Keys of a protocol in which two versions may differ without a word here, each with the reason. */
export const toldElsewhere: Readonly<Record<string, string>> = {
  $schema: 'for editors',
  kind: 'always the same',
  id: 'another protocol is not adopted',
  version: 'is what is adopted',
  source: 'where it comes from: nobody is asked or counted by it',
  assumptions: 'why it is as it is: nobody is asked or counted by it',
  uses: 'its pieces stand in their places already',
  'schedule/instrument': 'versions that change are told, and lists that come and go are counted',
  'schedule/role': 'lists that come and go are counted',
  'schedule/about': 'lists that come and go are counted',
  'schedule/waves': 'lists that come and go are counted',
  'schedule/when': 'lists that come and go are counted',
  norms: 'norms that change are told, and scores are counted anew',
  'report/groups': 'counts in what names it, and that is told; one that nothing names counts nowhere',
  allocation: 'a version that draws lots otherwise is not adopted',
}

/** What is gone first, then what is otherwise, then what is new; each in the order of its protocol. */
export function compareProtocols(before: Protocol, after: Protocol): ProtocolDifference[] {
  const [was, is] = [byName(before), byName(after)]
  const gone = [...was].flatMap(([name, one]) => (is.has(name) ? [] : [difference(one, 'gone')]))
  const fresh = [...is].flatMap(([name, one]) => (was.has(name) ? [] : [difference(one, 'new')]))
  const changed = [...is].flatMap(([name, one]) => {
    const earlier = was.get(name)
    const traits = earlier ? traitsBetween(earlier, one) : []
    return traits.length === 0 ? [] : [difference(one, 'changed', traits)]
  })
  return [...gone, ...changed, ...fresh]
}

const difference = (
  { part, id, title }: Described,
  what: ProtocolDifference['what'],
  traits: ProtocolDifference['traits'] = [],
): ProtocolDifference => ({ part, id, title, what, traits })

const byName = (protocol: Protocol): Map<string, Described> =>
  new Map(describe(protocol).map((one) => [JSON.stringify([one.part, one.id]), one]))

/** Long ones, of which it is only said that they are others. */
const unwritten: ReadonlySet<string> = new Set<ProtocolTrait>(['words', 'contents', 'drawnBy'])

function traitsBetween({ traits: was }: Described, { traits: is }: Described): ProtocolDifference['traits'] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])] as ProtocolTrait[]
  return names
    .filter((trait) => was[trait] !== is[trait])
    .map((trait) => (unwritten.has(trait) ? { trait, was: null, is: null } : { trait, was: was[trait] ?? null, is: is[trait] ?? null }))
}

function describe(protocol: Protocol): Described[] {
  const { waves, roles, consents, alarms, nonResponse, languages, messages, report } = protocol
  const one = (part: ProtocolPart, id: string, title: Localized | null, traits: Described['traits'] = {}): Described => ({
    part,
    id,
    title,
    traits,
  })
  const named = (part: ProtocolPart, all: Record<string, { title: Localized }>) =>
    Object.entries(all).map(([id, { title }]) => one(part, id, title, { words: JSON.stringify(title) }))
  const sections = report?.sections ?? []
  const contents = ({ title, note, denominator, ...rest }: ReportTable | ReportFigure) => ({
    words: JSON.stringify([title, note, denominator]),
    contents: JSON.stringify([rest, report?.alpha, groupsNamedIn(JSON.stringify(rest), report?.groups ?? {})]),
  })
  return [
    one('study', 'study', null, {
      words: JSON.stringify(protocol.title),
      timeZone: protocol.timeZone,
      ...listed({ familyRoles: protocol.familyRoles, prices: protocol.prices }),
    }),
    ...sections.map(({ id, title }) => one('section', id, title, { words: JSON.stringify(title) })),
    ...sections.flatMap(({ tables }) => tables.map((table) => one('table', table.id, table.title, contents(table)))),
    ...sections.flatMap(({ figures }) => figures.map((figure) => one('figure', figure.id, figure.title, contents(figure)))),
    ...consents.map(({ purpose, title = null, version, required, statement, roles: asked }) =>
      one('consent', purpose, title, {
        version,
        required: yesOrNo(required),
        roles: asked.join(', '),
        words: JSON.stringify([title, statement]),
      }),
    ),
    ...mailTemplates(protocol).map(({ id, text }) => one('mail', id, null, { words: JSON.stringify(text) })),
    ...messages.reminders.map(({ id, days }) => one('reminder', id, null, { days: String(days) })),
    one('hour', 'hour', null, { at: messages.hour }),
    ...Object.entries(alarms).map(([id, { title, instrument, item, answers }]) =>
      one('alarm', id, title, { list: instrument, item, answers: answers.join(', '), words: JSON.stringify(title) }),
    ),
    ...waves.map(({ id, title, anchors, offset, window }) =>
      one('wave', id, title, {
        ...windowOf(window),
        months: String(offset.months),
        days: String(offset.days),
        anchors: anchors.join(', '),
        words: JSON.stringify(title),
      }),
    ),
    ...Object.entries(roles).map(([id, { title, window, mail, introduction, seesCaseCode }]) =>
      one('role', id, title, {
        ...(window && { ...windowOf(window), fromRegistration: yesOrNo(window.fromRegistration) }),
        mailed: yesOrNo(mail),
        seesCode: yesOrNo(seesCaseCode),
        words: JSON.stringify([title, introduction]),
      }),
    ),
    ...named('arm', protocol.arms),
    ...Object.entries(protocol.cohorts).map(([id, { title, arms }]) =>
      one('cohort', id, title, { words: JSON.stringify(title), ...listed({ arms }) }),
    ),
    ...named('anchor', protocol.anchors),
    ...Object.entries(nonResponse).map(([id, { title, of }]) => one('reason', id, title, { words: JSON.stringify(title), of })),
    ...designOf(protocol, one),
    ...languages.map((language) => one('language', language, null)),
  ]
}

/** Who is drawn, who is compared with whom, what counts how much, and what a second person types in too. */
function designOf(
  { samples, matching, weights, schedule }: Protocol,
  one: (part: ProtocolPart, id: string, title: Localized | null, traits?: Described['traits']) => Described,
): Described[] {
  const twice = Map.groupBy(
    schedule.filter(({ doubleEntry }) => doubleEntry),
    ({ instrument, role }) => `${parseReference(instrument).id} ${role}`,
  )
  return [
    ...Object.entries(samples).map(([id, { title, size, arms, cohorts }]) =>
      one('sample', id, title, { words: JSON.stringify(title), size: String(size), ...listed({ arms, cohorts }) }),
    ),
    ...(matching ? [one('matching', 'matching', null, { cohort: matching.cohort })] : []),
    ...Object.entries(matching?.criteria ?? {}).map(([id, { title }]) => one('criterion', id, title, { words: JSON.stringify(title) })),
    ...Object.entries(weights).map(([id, { title, instruments, condition }]) =>
      one('weight', id, title, { words: JSON.stringify(title), ...listed({ lists: instruments }), ...(condition && { condition }) }),
    ),
    ...[...twice].map(([id, rows]) =>
      one('entry', id, null, {
        share: rows.map(({ doubleEntry }) => String(doubleEntry?.share)).join(', '),
        drawnBy: rows.map(({ doubleEntry }) => doubleEntry?.seed ?? '').join(', '),
      }),
    ),
  ]
}

const yesOrNo = (holds: boolean): string => (holds ? 'yes' : 'no')

/** Lists with anything in them, each in a line: one that is empty says what one that is not there says. */
const listed = (lists: Partial<Record<ProtocolTrait, readonly string[] | undefined>>): Described['traits'] =>
  Object.fromEntries(Object.entries(lists).flatMap(([trait, ids]) => (ids?.length ? [[trait, ids.join(', ')]] : [])))

/** What is counted also follows from the groups that are named, and from those of which they are made up. */
function groupsNamedIn(json: string, groups: Record<string, ReportGroup>): [string, ReportGroup][] {
  const named = Object.entries(groups).filter(([id]) => json.includes(`"${id}"`))
  const members = JSON.stringify(named)
  return Object.entries(groups).filter(([id]) => members.includes(`"${id}"`))
}

const windowOf = ({ opens, closes }: { opens: number; closes: number }) => ({ opens: String(opens), closes: String(closes) })
