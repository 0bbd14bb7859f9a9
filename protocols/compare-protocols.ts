/** How two versions of a protocol differ beside what is asked: its report, texts, alarms, windows, and who is in it. Pure. */
import type { Localized } from '../instruments/definition.ts'
import { mailTemplates } from './mail-templates.ts'
import type { ReportFigure, ReportGroup, ReportTable } from './report-schema.ts'
import type { Protocol } from './schema.ts'

type ProtocolPart =
  | ('table' | 'figure' | 'consent' | 'mail' | 'reminder' | 'alarm')
  | ('wave' | 'role' | 'arm' | 'cohort' | 'anchor' | 'reason' | 'language' | 'hour')

/** `opens` and `closes` are days of a window, `months` and `days` count from the anchor; `words` and `contents` are not written out. */
type ProtocolTrait =
  | ('opens' | 'closes' | 'months' | 'days' | 'anchors' | 'roles' | 'required' | 'version' | 'at')
  | ('list' | 'item' | 'answers' | 'mailed' | 'words' | 'contents')

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
const unwritten: ReadonlySet<string> = new Set<ProtocolTrait>(['words', 'contents'])

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
    Object.entries(all).map(([id, { title }]) => one(part, id, title))
  const sections = report?.sections ?? []
  const contents = ({ title, note, denominator, ...rest }: ReportTable | ReportFigure) => ({
    words: JSON.stringify([title, note, denominator]),
    contents: JSON.stringify([rest, report?.alpha, groupsNamedIn(JSON.stringify(rest), report?.groups ?? {})]),
  })
  return [
    ...sections.flatMap(({ tables }) => tables.map((table) => one('table', table.id, table.title, contents(table)))),
    ...sections.flatMap(({ figures }) => figures.map((figure) => one('figure', figure.id, figure.title, contents(figure)))),
    ...consents.map(({ purpose, title = null, version, required, statement, roles: asked }) =>
      one('consent', purpose, title, {
        version,
        required: required ? 'yes' : 'no',
        roles: asked.join(', '),
        words: JSON.stringify(statement),
      }),
    ),
    ...mailTemplates(protocol).map(({ id, text }) => one('mail', id, null, { words: JSON.stringify(text) })),
    ...messages.reminders.map(({ id, days }) => one('reminder', id, null, { days: String(days) })),
    one('hour', 'hour', null, { at: messages.hour }),
    ...Object.entries(alarms).map(([id, { title, instrument, item, answers }]) =>
      one('alarm', id, title, { list: instrument, item, answers: answers.join(', ') }),
    ),
    ...waves.map(({ id, title, anchors, offset, window }) =>
      one('wave', id, title, {
        ...windowOf(window),
        months: String(offset.months),
        days: String(offset.days),
        anchors: anchors.join(', '),
      }),
    ),
    ...Object.entries(roles).map(([id, { title, window, mail, introduction }]) =>
      one('role', id, title, { ...(window && windowOf(window)), mailed: mail ? 'yes' : 'no', words: JSON.stringify(introduction) }),
    ),
    ...named('arm', protocol.arms),
    ...named('cohort', protocol.cohorts),
    ...named('anchor', protocol.anchors),
    ...named('reason', nonResponse),
    ...languages.map((language) => one('language', language, null)),
  ]
}

/** What is counted also follows from the groups that are named, and from those of which they are made up. */
function groupsNamedIn(json: string, groups: Record<string, ReportGroup>): [string, ReportGroup][] {
  const named = Object.entries(groups).filter(([id]) => json.includes(`"${id}"`))
  const members = JSON.stringify(named)
  return Object.entries(groups).filter(([id]) => members.includes(`"${id}"`))
}

const windowOf = ({ opens, closes }: { opens: number; closes: number }) => ({ opens: String(opens), closes: String(closes) })
