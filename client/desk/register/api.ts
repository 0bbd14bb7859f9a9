/** Registering one family, and many from a file. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const { imports } = studies[':study']
export type ImportPreview = Ok<typeof imports.preview.$post>
export type ImportJob = Ok<(typeof imports)[':import']['$get']>
export type Registered = Awaited<ReturnType<typeof registerCase>>

/** What is wrong: in which field, of which person (an index), or on which line and column of a file. */
export interface Problem {
  field?: string
  participant?: number
  line?: number
  column?: string
  fault: string
  /** What stood there, what could have stood there, and the line that it differs from. */
  details?: { value?: string; known?: string[]; line?: number }
  reason: string
}

export interface EnteredPerson {
  role: string
  name: string
  email?: string | undefined
  withoutMail?: boolean | undefined
  telephone?: string | undefined
  language: string
  sex?: string | undefined
  consents?: Record<string, boolean> | undefined
}

export interface EnteredCase {
  code: string
  arm: string
  cohort: string
  region?: string | undefined
  childBirthMonth?: string | undefined
  otherChildBirthMonths?: string[] | undefined
  anchors: Record<string, string>
  participants: EnteredPerson[]
}

export const registerCase = (study: string, json: EnteredCase) => take(studies[':study'].cases.$post({ param: { study }, json }))
export type Alike = Ok<(typeof studies)[':study']['alike']['$post']>
/** Whether the family seems to be registered already. */
export const lookForAlike = (study: string, { region, participants }: EnteredCase) =>
  take(studies[':study'].alike.$post({ param: { study }, json: { region, participants } }))
export const previewImport = (study: string, csv: string) => take(imports.preview.$post({ param: { study }, json: { csv } }))
export const startImport = (study: string, csv: string) => take(imports.$post({ param: { study }, json: { csv } }))
export const cancelImport = (study: string, id: string) => take(imports[':import'].cancel.$post({ param: { study, import: id }, json: {} }))

/** The latest files that were read in; looked at again while one of them is under way. */
export const importsQuery = (study: string) =>
  queryOptions({
    queryKey: ['imports', study],
    queryFn: () => take(imports.$get({ param: { study } })),
    refetchInterval: ({ state }) => (state.data?.imports.every(isOver) ? false : 2_000),
  })

/** How far an import is, looked at until it is over. */
export const importQuery = (study: string, id: string) =>
  queryOptions({
    queryKey: ['import', study, id],
    queryFn: () => take(imports[':import'].$get({ param: { study, import: id } })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : 500),
  })

export const isOver = ({ state }: Pick<ImportJob, 'state'>): boolean => state !== 'registering' && state !== 'counting'
