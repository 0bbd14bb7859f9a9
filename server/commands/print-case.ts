/** A case as text: a paragraph for each of what it consists of. Pure. */
import { dayOf } from '../../protocols/local-time.ts'
import type { CaseGraph } from '../workflow/case-graph.ts'
import { closesOn } from '../workflow/packet.ts'
import { aligned } from './aligned.ts'

type Person = CaseGraph['people'][number]
type Criteria = CaseGraph['shadows'][number]['criteria']

export function caseAsText(graph: CaseGraph): string {
  const paragraphs = [
    facts(graph),
    titled('People', aligned(graph.people.map((person) => [person.name, participation(person, graph), consents(person)]))),
    titled('Assignments', assignments(graph)),
    ...(graph.comparedWith ? [titled(`Compared with ${graph.comparedWith.code}`, criteria(graph.comparedWith.criteria))] : []),
    ...graph.shadows.map((shadow) => titled(`Shadow case ${shadow.code}`, criteria(shadow.criteria))),
  ]
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function titled(title: string, lines: string[]): string[] {
  return [title, ...(lines.length > 0 ? lines : ['none']).map((line) => `  ${line}`)]
}

function facts({ study, timeZone, code, arm, cohort, region, registeredAt, children, anchors, samples }: CaseGraph): string[] {
  return [
    `${code} of ${study}: arm ${arm}, cohort ${cohort}${region ? `, region ${region}` : ''}, registered on ${dayOf(registeredAt, timeZone)}`,
    `Children: ${children.map(({ number, birthMonth }) => (number === 1 ? `${birthMonth} (index child)` : birthMonth)).join(', ') || 'none recorded'}`,
    `Anchors: ${anchors.map(({ name, date }) => `${name} ${date}`).join(', ') || 'none'}`,
    ...(samples.length > 0 ? [`Samples: ${samples.join(', ')}`] : []),
  ]
}

function participation(
  { state, stateAt, stateReason, joinedAt, succeeds, succeededBy, withoutMailAt }: Person,
  { timeZone }: CaseGraph,
): string {
  const since = joinedAt === null ? '' : ` since ${dayOf(joinedAt, timeZone)}`
  const instead = succeeds === null ? '' : ` in the place of ${succeeds}`
  if (state === 'active') return `active${since}${instead}${withoutMailAt === null ? '' : ', no mail address'}`
  const to = succeededBy === null ? '' : ` to ${succeededBy}`
  return `${state}${to} on ${dayOf(stateAt, timeZone)}${stateReason ? ` (${stateReason})` : ''}${since && `, came in${since}`}${instead}`
}

/** The latest word on each purpose. */
function consents({ consents: said }: Person): string {
  const latest = new Map(said.map((one) => [one.purpose, one]))
  return [...latest.values()]
    .map(({ purpose, given, recordedBy }) => `${purpose}: ${given ? 'yes' : 'no'}${recordedBy === 'staff' ? ' (recorded by staff)' : ''}`)
    .join(', ')
}

function assignments({ assignments: all, timeZone }: CaseGraph): string[] {
  return aligned(
    all.map(({ wave, who, about, instrument, state, reason, opensAt, closesAt, endedAt }) => [
      wave,
      `${who}${about === null ? '' : ` about ${about}`}`,
      instrument,
      `${state}${endedAt === null ? '' : ` on ${dayOf(endedAt, timeZone)}`}${reason === null ? '' : ` (${reason})`}`,
      endedAt === null ? `from ${dayOf(opensAt, timeZone)} until ${closesOn({ closesAt }, timeZone)}` : '',
    ]),
  )
}

const criteria = (all: Criteria): string[] =>
  aligned(all.map(({ criterion, met, note }) => [criterion, met === null ? 'not recorded' : met ? 'met' : 'not met', note ?? '']))
