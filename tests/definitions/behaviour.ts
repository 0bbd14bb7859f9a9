/**
 * What definitions do, told apart from how they are written: what respondents read, which answers count, what is scored, where
 * that stands in a norm, and what is planned. Two definitions that do the same may differ in no way that anybody can notice.
 */
import { isDeepStrictEqual } from 'node:util'
import { answerChecker } from '../../instruments/answers.ts'
import { formatReference, type Reference } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Answers, Element, Instrument, Page } from '../../instruments/schema.ts'
import { scoreInstrument } from '../../instruments/score.ts'
import { knownFacts } from '../../norms/check-strata.ts'
import type { NormTable } from '../../norms/schema.ts'
import { selectStratum } from '../../norms/stratum.ts'
import { plan } from '../../protocols/plan.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Definitions } from '../../server/definitions/load.ts'
import { oneOf, type Random, randomOf } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'

/** The definitions that do something else, or are there in only one of the two, as `id@version`. */
export function differentBehaviour(before: Definitions, after: Definitions): string[] {
  const prices = new Map(after.norms.priceTables.all().map((table) => [table.id, table.prices]))
  return [
    ...differing(before.instruments.all(), after.instruments.all(), (one, other) => {
      const given = answersTo(one)
      return isSame(one, other, (instrument) => [shownBy(instrument), madeOf(instrument, given, prices)])
    }),
    ...differing(before.norms.tables.all(), after.norms.tables.all(), (one, other) => isSame(one, other, standOf)),
    ...differing(before.norms.bandSets.all(), after.norms.bandSets.all(), () => false),
    ...differing(before.norms.priceTables.all(), after.norms.priceTables.all(), () => false),
    ...differing(before.protocols.all(), after.protocols.all(), (one, other) => isSame(one, other, plannedBy)),
  ]
}

/** Definitions whose content is the same need no closer look; the order of keys is no content. */
function differing<Definition extends Reference>(
  before: Definition[],
  after: Definition[],
  isAlike: (one: Definition, other: Definition) => boolean,
): string[] {
  const known = new Map(after.map((definition) => [formatReference(definition), definition]))
  const lost = before.filter((one) => {
    const other = known.get(formatReference(one))
    return !other || (!isDeepStrictEqual(one, other) && !isAlike(one, other))
  })
  const added =
    after.length === before.length ? [] : after.filter((one) => !before.some((other) => formatReference(other) === formatReference(one)))
  return [...lost, ...added].map(formatReference)
}

const isSame = <Definition>(one: Definition, other: Definition, behaviour: (definition: Definition) => unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(behaviour(one))), JSON.parse(JSON.stringify(behaviour(other))))

/** Everything but conditions, which show in what is asked, and the items of a scale, which show in its scores. */
function shownBy({ survey, scales, uses: _uses, ...rest }: Instrument): unknown {
  const shown = (element: Page | Element): unknown => {
    const { visibleIf: _, ...own } = { isRequired: false, ...element }
    const inner = 'elements' in element ? element.elements : 'templateElements' in element ? element.templateElements : []
    return { ...own, elements: inner.map(shown), templateElements: [] }
  }
  return {
    ...rest,
    survey: { ...survey, pages: survey.pages.map(shown) },
    scales: scales.map(({ items, ...scale }) => ({ ...scale, items: items.toSorted() })),
  }
}

/** Answers as people would give them, and some as nobody should. */
function answersTo(instrument: Instrument): Record<string, unknown>[] {
  const random = randomOf('behaviour', instrument.id)
  const names = itemsOf(instrument)
  const wild = (): Answers => Object.fromEntries(names.map(({ name }) => [name, anything(random)])) as Answers
  return Array.from({ length: 80 }, (_, index) => ({
    ...(index % 4 === 3 ? wild() : {}),
    ...simulateAnswers(instrument, random, { aims: {}, leaveOpen: 0.15 }).answers,
    ...(index % 8 === 0 ? Object.fromEntries([[oneOf(random, names).name, anything(random)]]) : {}),
  }))
}

const anything = (random: Random): unknown => oneOf(random, [-9, -1, 0, 1, 2, 3, 5, 10, 99, 'x', '2026-02-01', [1, 2], [], null])

function madeOf(instrument: Instrument, given: Record<string, unknown>[], prices: ReadonlyMap<string, Record<string, number>>): unknown {
  const check = answerChecker(instrument)
  return given.map((answers) => {
    const checked = check(answers)
    const { notApplicable } = checked
    return [checked, scoreInstrument(instrument, checked.answers, notApplicable, { completedOn: '2026-06-01', prices })]
  })
}

/** With whom each kind of person is compared, whatever the order of strata. */
function standOf({ strata, ...rest }: NormTable): unknown {
  const table = { strata, ...rest }
  const persons = Object.entries(knownFacts).reduce<Record<string, string | number>[]>(
    (some, [fact, texts]) =>
      some.flatMap((person) => [
        person,
        ...(texts ?? Array.from({ length: 100 }, (_, age) => age)).map((value) => ({ ...person, [fact]: value })),
      ]),
    [{}],
  )
  return [rest, strata.length, persons.map((person) => selectStratum(table, person))]
}

/** Everything but the schedule, which shows in the plans of all groups. */
function plannedBy(protocol: Protocol): unknown {
  const { schedule: _, ...rest } = protocol
  const participants = Object.keys(protocol.roles).map((role) => ({ id: role, role }))
  const anchors = Object.fromEntries(
    Object.keys(protocol.anchors).map((anchor, index) => [anchor, `2026-0${1 + (index % 9)}-31`.replace(/0([2469])-31/, '0$1-28')]),
  )
  const plans = Object.keys(protocol.arms).flatMap((arm) =>
    Object.keys(protocol.cohorts).map((cohort) => {
      try {
        return plan(protocol, {
          arm,
          cohort,
          registeredAt: '2025-12-01T09:00:00.000Z',
          anchors,
          participants,
          completed: [],
          hypothetical: true,
        })
      } catch (error) {
        return (error as Error).message
      }
    }),
  )
  return [rest, plans]
}
