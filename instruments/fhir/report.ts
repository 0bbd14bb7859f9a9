/** What an import did to the original, so that nothing is lost unseen. */

/**
 * left-out: it is not in the instrument; changed: it is, in another way; to-translate: a text that another language stands in
 * for; guess: the original does not say, please review.
 */
export const noteKinds = ['left-out', 'changed', 'to-translate', 'guess'] as const

export interface Note {
  kind: (typeof noteKinds)[number]
  /** Where in the original: item[2].item[0].linkId. */
  path: string
  what: string
}

/** How the original names an item, and how its answers are numbered. */
export interface Mapping {
  path: string
  linkId: string
  name: string
  values: { option: string; value: number }[]
}

export interface Imported {
  /** The instrument as in a file; it still has to pass the schema and `check`. */
  instrument: Record<string, unknown>
  mappings: Mapping[]
  notes: Note[]
}

/** A mistake in the original: nothing can be made of it. */
export interface Fault {
  path: string
  reason: string
}

export class ImportFaults extends Error {
  readonly faults: Fault[]

  constructor(faults: Fault[]) {
    super(faults.map(({ path, reason }) => `${path === '' ? '' : `${path}: `}${reason}`).join('\n'))
    this.faults = faults
  }
}

/** A path as FHIRPath writes it: item[2].item[0].linkId. */
export const pathOf = (segments: readonly PropertyKey[]): string =>
  segments.reduce<string>(
    (path, segment) =>
      typeof segment === 'number' || /^\d+$/.test(String(segment))
        ? `${path}[${String(segment)}]`
        : `${path}${path && '.'}${String(segment)}`,
    '',
  )

/** The same from a JSON pointer. */
export const pathOfPointer = (pointer: string): string =>
  pathOf(
    pointer
      .split('/')
      .slice(1)
      .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~')),
  )
