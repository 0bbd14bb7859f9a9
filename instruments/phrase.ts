/** A difference between two versions as data: whoever has words of their own makes a sentence of it in their language. */

/** What it is about, from the outside in: the item of a scale, the question of a record. */
export interface Place {
  kind: 'item' | 'scale' | 'question'
  name: string
}

/** What can be said, each with the parts that stand in the sentence. */
export interface Parts {
  /** `trait` is an English name such as `the highest answer`; `is` and `was` are values, or a word such as `open`. */
  is: { trait: string; is: string; was: string }
  'label moved': { value: string; label: string; was: string }
  turned: { scale: string }
  missing: { kind: 'item' | 'scale'; name: string; from: string }
  added: { kind: 'item' | 'scale'; name: string; to: string }
  order: { is: string; was: string }
  without: { members: 'items' | 'reversed items'; names: string }
  with: { members: 'items' | 'reversed items'; names: string }
  only: { reference: string }
  respondents: { to: string; are: string; from: string; were: string }
  languages: { to: string; are: string; from: string; were: string }
}
export type What = keyof Parts

export interface Phrase {
  what: What
  parts: Record<string, string>
  within: Place[]
  /** The same as a plain English phrase without a full stop; of equal differences always the same. */
  reason: string
}

const english: { [Kind in What]: (parts: Parts[Kind]) => string } = {
  is: ({ trait, is, was }) => `${trait} is ${is}; it was ${was}`,
  'label moved': ({ value, label, was }) => `the answer ${value} is "${label}"; that was ${was}`,
  turned: ({ scale }) => `scale ${scale} scores it the other way round`,
  missing: ({ kind, name, from }) => `${kind} ${name} of ${from} is missing`,
  added: ({ kind, name, to }) => `${kind} ${name} is added; ${to} does not have it`,
  order: ({ is, was }) => `the items stand in another order, from ${is} on; there stood ${was}`,
  without: ({ members, names }) => `without the ${members} ${names}`,
  with: ({ members, names }) => `with the further ${members} ${names}`,
  only: ({ reference }) => `only ${reference} has it`,
  respondents: ({ to, are, from, were }) => `${to} is for ${are}; ${from} is for ${were}`,
  languages: ({ to, are, from, were }) => `${to} speaks ${are}; ${from} speaks ${were}`,
}

export const phrase = <Kind extends What>(what: Kind, parts: Parts[Kind]): Phrase => ({
  what,
  parts,
  within: [],
  reason: english[what](parts),
})

/** The same, said of something within a place. */
export const withinPlace = (place: Place, inner: Phrase): Phrase => ({
  ...inner,
  within: [place, ...inner.within],
  reason: `${place.kind === 'question' ? '' : `${place.kind} `}${place.name}: ${inner.reason}`,
})

export const reasonsOf = (phrases: readonly Phrase[]): string[] => phrases.map(({ reason }) => reason)
