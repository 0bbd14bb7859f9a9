/** The answers of one response as staff look at them: each value with what it was before and what was asked about it. */
import { isStandIn } from '../../instruments/definition.ts'
import type { Context } from '../context.ts'
import type { Case } from '../queries/cases.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { scoresOf } from '../queries/responses.ts'
import { changesOf } from '../queries/value-changes.ts'
import { describeList } from './lists-to-enter.ts'
import { needResponse } from './need-response.ts'
import { needStudy } from './open-study.ts'
import { groupsOf, valuesOf } from './response-values.ts'
import { staffNames } from './staff-names.ts'
import { queriesAbout } from './value-queries.ts'

export async function answersOfList(context: Context, found: Case, id: string) {
  const db = context.stores.study.read
  const { protocol } = await needStudy(context, found.studyId)
  const { assignment, response, instrument } = await needResponse(db, context, found, id)
  const changes = await changesOf(db, response.id)
  const names = await staffNames(context, [response.enteredBy, ...changes.map(({ by }) => by)])
  const scored = new Map((await scoresOf(db, [response.id])).map((score) => [score.scale, score]))
  const { queries } = await queriesAbout(context, found)
  const people = await participantsOfCase(db, found.id)
  const ofItem = (wanted: string) =>
    changes.filter(({ item }) => item === wanted).map(({ before, after, by, at, reason }) => ({ before, after, by: names(by), at, reason }))
  return {
    ...describeList(context, protocol, { ...assignment, instrumentVersion: response.instrumentVersion }, people),
    code: found.code,
    standIn: isStandIn(instrument),
    submittedAt: response.submittedAt,
    language: response.language,
    /** Null where it came in by the link. */
    entered: response.means ? { by: names(response.enteredBy), means: response.means, answeredOn: response.answeredOn } : null,
    /** Each with its changes, oldest first. */
    values: valuesOf(instrument, response).map((value) => ({ ...value, changes: ofItem(value.item) })),
    /** Repeated groups; their changes are those by which a record came or went. */
    groups: groupsOf(instrument, response).map((group) => ({ ...group, changes: ofItem(group.item) })),
    scores: instrument.scales.flatMap(({ id: scale, title }) => {
      const score = scored.get(scale)
      return score ? [{ scale, title, raw: score.raw, z: score.z, band: score.band, missing: score.missing }] : []
    }),
    queries: queries.filter((query) => query.assignment === id),
  }
}
