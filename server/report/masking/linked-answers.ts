/**
 * Which counts are of the same answers, whichever table, figure or row has them: of the same lists, the same answers. And what is left where the lists of
 * one place are some of those of another: of those who answered at the start only, or in another role.
 */
import type { Amount, Relation } from './amounts.ts'
import { apart, type CaseSet, setsOf } from './case-sets.ts'
import { type Answered, isChosen, piecesOf } from './chosen.ts'
import { inPairs } from './in-pairs.ts'

type Answering = Amount & { answers: NonNullable<Amount['answers']> }

/** The counts of one set of lists, each by its pieces. */
interface Block {
  set: CaseSet
  behind: readonly Answered[]
  own: Map<string, Count>
}
interface Count {
  index: number
  pieces: ReadonlySet<number>
}

/** Says of each such amount which others are the same, adds what is left to `amounts` and `keys`, and gives the sums. */
export function linkAnswers(amounts: Amount[], keys: string[]): Relation[] {
  const places = [...amounts.keys()].filter((index) => amounts[index]?.answers)
  const byMeasure = Map.groupBy(places, (index) => (amounts[index] as Answering).answers.of)
  return [...byMeasure].flatMap(([of, those]) => linkMeasure({ amounts, keys, of }, those))
}

/** All counts of one question or score, by the lists that they are of. */
interface Linking {
  amounts: Amount[]
  keys: string[]
  of: string
  sets: ReturnType<typeof setsOf>
  /** By the id of their set. */
  blocks: Map<string, Block>
  /** In which piece an answer is. */
  pieceOf(value: Answered['value']): number
}

function linkMeasure({ amounts, keys, of }: Pick<Linking, 'amounts' | 'keys' | 'of'>, those: readonly number[]): Relation[] {
  const answersAt = (index: number) => (amounts[index] as Answering).answers
  const counts = those.map((index) => answersAt(index).chosen)
  // Categories of one column have the same lists behind them.
  const behind = [...new Set(those.map((index) => answersAt(index).behind))]
  const pieces = piecesOf(counts, new Set(behind.flatMap((lists) => lists.map(({ value }) => value))))
  const pieceAt = new Map<Answered['value'], number>()
  const linking: Linking = {
    ...{ amounts, keys, of, blocks: new Map() },
    sets: setsOf(([at]) => new Set((behind[Number(at)] ?? []).map(({ from }) => from))),
    pieceOf(value) {
      const known = pieceAt.get(value) ?? pieces.findIndex((piece) => counts.every((one) => isChosen(one, piece) === isChosen(one, value)))
      pieceAt.set(value, known)
      return known
    },
  }
  for (const index of those) {
    const { chosen, behind: lists } = answersAt(index)
    const taken = new Set(pieces.flatMap((piece, at) => (isChosen(chosen, piece) ? [at] : [])))
    const set = linking.sets.of([`${behind.indexOf(lists)}`])
    // Of nobody nothing is left.
    if (taken.size === 0 || set.cases.size === 0) continue
    amounts[index] = { ...(amounts[index] as Amount), who: `answers ${of} ${set.id} ${nameOf(taken)}` }
    const { own } = blockOf(linking, set, lists)
    if (!own.has(nameOf(taken))) own.set(nameOf(taken), { index, pieces: taken })
  }
  const seen = [...linking.blocks.values()]
  const beside = seen.flatMap((all) => {
    const inside = seen.filter((one) => one !== all && linking.sets.isWithin(one.set, all.set))
    const many = apart([...inside.keys()], (at) => (inside[at] as Block).set, linking.sets).map((at) => inside[at] as Block)
    return [...inside.map((one) => [one]), many].flatMap((parts) => (parts.length === 0 ? [] : besideParts(linking, all, parts, seen)))
  })
  return [...beside, ...[...linking.blocks.values()].flatMap((block) => withinBlock(linking, block))]
}

function blockOf({ blocks }: Linking, set: CaseSet, behind: readonly Answered[]): Block {
  const block = blocks.get(set.id) ?? { set, behind, own: new Map() }
  blocks.set(set.id, block)
  return block
}

/** What stands nowhere and is left of something that does. Its place in the list. */
function addLeft({ amounts, keys, of }: Linking, those: readonly Answered[], made: Partial<Amount>): number {
  keys.push(`${of} ${amounts.length}`)
  const families = new Set(those.map((one) => one.of)).size
  return amounts.push({ what: 'left', groups: [], count: those.length, families, cells: [], ...made }) - 1
}

function addCount(linking: Linking, block: Block, pieces: ReadonlySet<number>, made: Partial<Amount>): Count {
  const those = block.behind.filter(({ value }) => pieces.has(linking.pieceOf(value)))
  const count = { index: addLeft(linking, those, made), pieces }
  block.own.set(nameOf(pieces), count)
  return count
}

/**
 * The counts of all lists are those of some parts and of what is left, for all answers that each of them tells of. What is left stands nowhere and is seen by
 * whoever subtracts: its counts are neighbours as those in a table are.
 */
function besideParts(linking: Linking, all: Block, parts: readonly Block[], seen: readonly Block[]): Relation[] {
  const known = new Map([all, ...parts].flatMap(({ own }) => [...own].map(([name, { pieces }]) => [name, pieces] as const)))
  const told = [...known.values()].filter((one) => [all, ...parts].every((block) => covering(block, one)))
  if (told.length === 0) return []
  const sets = parts.map(({ set }) => set)
  const rest = linking.sets.less(all.set, sets)
  const behind = all.behind.filter(({ from }) => rest.cases.has(from))
  const left = rest.cases.size === 0 ? undefined : blockOf(linking, rest, behind)
  const isNew = left !== undefined && !seen.includes(left)
  const beside = isNew ? { within: addLeft(linking, behind, { told: true }) } : {}
  const relations = told.map((one): Relation => {
    const total = all.own.get(nameOf(one)) ?? addCount(linking, all, one, { unseen: true })
    const others = left ? (covering(left, one) ?? [addCount(linking, left, one, beside)]) : []
    const each = [...parts.flatMap((block) => covering(block, one) ?? []), ...others].map(({ index }) => index)
    return { total: total.index, parts: each, units: [each], entire: false }
  })
  const counts = isNew ? finest([...left.own.values()]) : []
  if (counts.length < 2) return relations
  const pieces = new Set(counts.flatMap((one) => [...one.pieces]))
  const those = behind.filter(({ value }) => pieces.has(linking.pieceOf(value)))
  const each = counts.map(({ index }) => index)
  return [...relations, { total: addLeft(linking, those, { told: true }), parts: each, units: inPairs(each), entire: false }]
}

/** The counts of the same lists: several answers together are those answers, and what is left of them. */
function withinBlock(linking: Linking, block: Block): Relation[] {
  return [...block.own.values()].flatMap(({ index: total, pieces: all }) => {
    const inside = finest([...block.own.values()].filter(({ pieces }) => pieces.size < all.size && pieces.isSubsetOf(all)))
    if (inside.length === 0) return []
    const rest = new Set([...all].filter((piece) => !inside.some(({ pieces }) => pieces.has(piece))))
    const left = rest.size === 0 ? [] : [block.own.get(nameOf(rest)) ?? addCount(linking, block, rest, { unseen: true })]
    const each = [...inside, ...left].map(({ index }) => index)
    return { total, parts: each, units: linking.amounts[total]?.unseen ? [] : inPairs(each), entire: false }
  })
}

const nameOf = (pieces: ReadonlySet<number>): string => [...pieces].sort((a, b) => a - b).join()

/** Some that share no piece, the smallest first. */
const finest = (counts: readonly Count[]): Count[] =>
  apart([...counts.keys()], (at) => (counts[at] as Count).pieces, plain).map((at) => counts[at] as Count)

/** The counts of a block that are these pieces together; undefined where it does not tell of them. */
function covering({ own }: Block, pieces: ReadonlySet<number>): Count[] | undefined {
  const known = own.get(nameOf(pieces))
  if (known) return [known]
  const found = finest([...own.values()].filter((one) => one.pieces.isSubsetOf(pieces)))
  return found.reduce((size, one) => size + one.pieces.size, 0) === pieces.size ? found : undefined
}

const plain = {
  size: ({ size }: ReadonlySet<unknown>): number => size,
  areApart: (one: ReadonlySet<unknown>, other: ReadonlySet<unknown>): boolean => one.isDisjointFrom(other),
}
