/** What the questions of a study ask that an outsider could know of a family. */
import { type Identifying, type IdentifyingKind, isFreeText, kindsOf } from '../../../instruments/identifying.ts'
import { type Item, itemsOf, type QuestionItem } from '../../../instruments/items.ts'
import { isRecords } from '../../../instruments/records.ts'
import type { AnswerRecord, Answers } from '../../../instruments/schema.ts'
import type { ExportCase } from '../../queries/export-rows.ts'
import type { ExportPlan } from '../plan.ts'
import type { Ages } from './age.ts'

/** A question by which families are told apart, or all of those of a repeated group: its records are compared whole. */
interface Identifier {
  instrument: string
  /** As the manifest calls it: `frek.children (sex, age)`. */
  name: string
  item: string
  /** The questions in each record; undefined for what is no group. */
  inner: string[] | undefined
}

export class Identifiers {
  readonly #kinds = new Map<QuestionItem, IdentifyingKind>()
  readonly #ages: Ages
  /** Of which the answers, or what stands in place of them, are shared. */
  readonly all: Identifier[]

  constructor({ instruments }: Pick<ExportPlan, 'instruments'>, marks: ReadonlyMap<string, Identifying>, ages: Ages) {
    this.#ages = ages
    for (const { id, versions } of instruments)
      for (const [item, kind] of kindsOf(versions, marks.get(id))) if (!isFreeText(item)) this.#kinds.set(item, kind)
    const found = instruments.flatMap(({ id, versions }) =>
      versions.flatMap(itemsOf).flatMap((item) => (this.isIdentifying(item) ? [this.#identifier(id, item)] : [])),
    )
    this.all = [...Map.groupBy(found, ({ instrument, item }) => `${instrument} ${item}`).values()].map(joined)
  }

  #identifier(instrument: string, item: Item): Identifier {
    const inner = item.kind === 'records' ? item.items.filter((one) => this.#isShared(one)).map(({ name }) => name) : undefined
    return { instrument, name: '', item: item.name, inner }
  }

  kindOf(item: QuestionItem): IdentifyingKind {
    return this.#kinds.get(item) ?? 'none'
  }

  /** Of a group: whether any of its questions asks what is; its records are told apart by their number also where their answers are left out. */
  isIdentifying(item: Item): boolean {
    return item.kind === 'records' ? item.items.some((inner) => this.kindOf(inner) !== 'none') : this.#isShared(item)
  }

  #isShared(item: QuestionItem): boolean {
    return this.kindOf(item) !== 'none' && !this.isLeftOut(item)
  }

  /** Whether a number in years, or a birth, stands as an age. */
  isOfBirth(item: QuestionItem): boolean {
    const kind = this.kindOf(item)
    return kind === 'birth-date' || kind === 'birth-year'
  }

  /**
   * With ages in bands an age that a list asks for: it is of the day of the answer, and two bands of one child on two days (4-11 and 12-17) say
   * between which days it had a birthday. Of whom an age is nobody can say, so all ages are of one day: the first of the case.
   */
  isLeftOut(item: QuestionItem): boolean {
    return this.#ages === 'bands' && this.kindOf(item) === 'age'
  }

  /** Whether what was answered is not there: an age stands in place of a birth, or nothing does. */
  isReplaced(item: QuestionItem): boolean {
    return this.isOfBirth(item) || this.isLeftOut(item)
  }
}

/** Of all versions of an instrument together. */
function joined(found: Identifier[]): Identifier {
  const [{ instrument, item, inner }] = found as [Identifier]
  const names = inner && [...new Set(found.flatMap((one) => one.inner ?? []))]
  return { instrument, item, inner: names, name: `${instrument}.${item}${names ? ` (${names.join(', ') || 'number'})` : ''}` }
}

/** What was answered in a case as it is shared: each different answer once, so that it does not count who said it and when. */
export function answersTo({ instrument, item, inner }: Identifier, { assignments }: ExportCase): string {
  const given = assignments.flatMap(({ instrumentId, response }) =>
    instrumentId === instrument && response ? [asText(response.answers, item, inner)] : [],
  )
  return [...new Set(given)]
    .filter((text) => text !== '')
    .sort()
    .join(' | ')
}

function asText(answers: Answers, item: string, inner: string[] | undefined): string {
  const answer = answers[item]
  if (answer === undefined) return ''
  if (!inner) return String(answer)
  if (!isRecords(answer) || answer.length === 0) return ''
  if (inner.length === 0) return String(answer.length)
  return answer
    .map((record) => ofRecord(record, inner))
    .sort()
    .join('; ')
}

const ofRecord = (record: AnswerRecord, inner: string[]): string => inner.map((name) => String(record[name] ?? '')).join('/')
